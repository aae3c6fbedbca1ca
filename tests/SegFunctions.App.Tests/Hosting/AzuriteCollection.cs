using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Hosting;

/// <summary>One Azurite for all tests of this project that need the real thing.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteServer>
{
    public const string Name = "Azurite";
}
