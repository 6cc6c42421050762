"""Archives of circulars: many files -> shards, a manifest and a store, on all cores or on a cluster, resumable."""
