"""Order and the outside world: readers, the stages, writers, the command line."""
