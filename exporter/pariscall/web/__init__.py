"""IRIs over HTTP: routes and negotiation, the site, the endpoint."""
