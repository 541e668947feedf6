"""What leaves the house: dumps, releases, changes between them, and pushes to stores."""
