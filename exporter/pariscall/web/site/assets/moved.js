"use strict";
// Leads on from an address of earlier, with what it asks for.
(() => {
  const query = new URLSearchParams(location.search);
  // A search was once one of all parties, whatever they sign.
  if (query.get("q") && !query.get("call")) query.set("call", "any");
  for (const [name, value] of [...query]) if (!value || value === "none") query.delete(name);
  location.replace(document.getElementById("moved").href + (query.size ? `?${query}` : ""));
})();
