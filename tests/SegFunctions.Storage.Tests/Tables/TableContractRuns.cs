using SegFunctions.Storage.Tables;
using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests.Tables;

public sealed class InMemoryTableTests : TableContract
{
    // Its clock stands still: versions must differ all the same.
    protected override TableServiceClient Service { get; } = new InMemoryTableServiceClient(new ManualTimeProvider());
}

[Collection(AzuriteCollection.Name)]
public sealed class AzuriteTableTests(AzuriteServer azurite) : TableContract
{
    protected override TableServiceClient Service { get; } = new(azurite.ConnectionString);
}
