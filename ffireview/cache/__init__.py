"""The rim where facts of files outlive a run. In: a task, contents, encoded values. Out: the values that are kept."""
