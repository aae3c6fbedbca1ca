using SegFunctions.Storage.Tables;
using SegFunctions.Testing;

namespace SegFunctions.Storage.Tests.Tables;

public sealed class InMemoryTableLifeTests() : TableLifeContract(Twin.Create());

public sealed class InMemoryTableValueTests() : TableValueContract(Twin.Create());

public sealed class InMemoryTableKeyTests() : TableKeyContract(Twin.Create());

public sealed class InMemoryTableWriteTests() : TableWriteContract(Twin.Create());

public sealed class InMemoryTableQueryTests() : TableQueryContract(Twin.Create());

public sealed class InMemoryTableFilterTests() : TableFilterContract(Twin.Create());

public sealed class InMemoryTableTransactionTests() : TableTransactionContract(Twin.Create());

public sealed class InMemoryTableRefusalTests() : TableRefusalContract(Twin.Create());

[Collection(AzuriteCollection.Name)]
public sealed class AzuriteTableLifeTests(AzuriteServer azurite) : TableLifeContract(new(azurite.ConnectionString));

[Collection(AzuriteCollection.Name)]
public sealed class AzuriteTableValueTests(AzuriteServer azurite) : TableValueContract(new(azurite.ConnectionString));

[Collection(AzuriteCollection.Name)]
public sealed class AzuriteTableKeyTests(AzuriteServer azurite) : TableKeyContract(new(azurite.ConnectionString));

[Collection(AzuriteCollection.Name)]
public sealed class AzuriteTableWriteTests(AzuriteServer azurite) : TableWriteContract(new(azurite.ConnectionString));

[Collection(AzuriteCollection.Name)]
public sealed class AzuriteTableQueryTests(AzuriteServer azurite) : TableQueryContract(new(azurite.ConnectionString));

[Collection(AzuriteCollection.Name)]
public sealed class AzuriteTableFilterTests(AzuriteServer azurite) : TableFilterContract(new(azurite.ConnectionString));

[Collection(AzuriteCollection.Name)]
public sealed class AzuriteTableTransactionTests(AzuriteServer azurite) : TableTransactionContract(new(azurite.ConnectionString));

[Collection(AzuriteCollection.Name)]
public sealed class AzuriteTableRefusalTests(AzuriteServer azurite) : TableRefusalContract(new(azurite.ConnectionString));

internal static class Twin
{
    /// <summary>A service in memory whose clock stands still: versions must differ all the same.</summary>
    public static InMemoryTableServiceClient Create() => new(new ManualTimeProvider());
}
