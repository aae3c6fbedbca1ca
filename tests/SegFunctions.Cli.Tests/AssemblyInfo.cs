// Commands read the environment and the current folder, which a process has once.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
