using SegFunctions.Orchestration.Tests.Support;
using SegFunctions.Testing;

namespace SegFunctions.Orchestration.Tests.Contract;

/// <summary>What the engine promises, whatever storage it rests on.</summary>
public abstract partial class EngineContract
{
    protected abstract Backend NewBackend();

    private EngineHost NewHost(OrchestrationRegistry registry) => new(NewBackend(), registry);
}

public sealed class InMemoryEngineTests : EngineContract
{
    protected override Backend NewBackend() => Backend.InMemory();
}

[Collection(AzuriteCollection.Name)]
public sealed class AzuriteEngineTests(AzuriteServer azurite) : EngineContract
{
    protected override Backend NewBackend() => Backend.On(azurite);
}
