using SegFunctions.Orchestration.KillTarget;

// connection string, prefix of the engine's names
await Victim.RunAsync(args[0], args[1], CancellationToken.None);
