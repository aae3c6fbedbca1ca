using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests;

/// <summary>The tests that need a real Azurite share one, and run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteServer>
{
    public const string Name = "Azurite";
}
