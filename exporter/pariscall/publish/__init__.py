"""Publishing: dumps, releases, changes between snapshots, and pushes to stores."""
