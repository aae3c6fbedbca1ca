using Azure;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Memberships;

/// <summary>A row of <c>Memberships</c>: the newest version of a customer and the one before it.</summary>
/// <remarks>
/// While a run publishes, readers still see the run before it: they take the newest version that is not younger than the
/// run they read. A version of a run that was given up never becomes visible, because the next run overwrites it.
/// </remarks>
internal sealed record MembershipRow(string Key, CustomerVersion Current, CustomerVersion? Previous, ETag ETag)
{
    private const string RunColumn = "run";
    private const string HashColumn = "hash";
    private const string DataColumn = "data";
    private const string PreviousRunColumn = "previousRun";
    private const string PreviousHashColumn = "previousHash";
    private const string PreviousDataColumn = "previousData";

    /// <summary>What a reader of <paramref name="run"/> sees, or null where the customer did not exist yet.</summary>
    public CustomerVersion? At(long run) =>
        Current.Run <= run ? Current
        : Previous is { } previous && previous.Run <= run ? previous
        : null;

    public static MembershipRow Read(TableEntity entity) => new(
        entity.RowKey,
        new CustomerVersion(entity.GetInt64(RunColumn) ?? 0, entity.GetString(HashColumn) ?? "", Data(entity.GetString(DataColumn))),
        entity.GetInt64(PreviousRunColumn) is { } run and > 0
            ? new CustomerVersion(run, entity.GetString(PreviousHashColumn) ?? "", Data(entity.GetString(PreviousDataColumn)))
            : null,
        entity.ETag);

    /// <summary>The refresh's columns, to be merged into the row: the live columns have another owner and stay.</summary>
    /// <remarks>A merge cannot take a column away, so what is missing is written as 0 or empty text.</remarks>
    public TableEntity Write(string shard) => new(shard, Key)
    {
        [RunColumn] = Current.Run,
        [HashColumn] = Current.Hash,
        [DataColumn] = Current.Data ?? "",
        [PreviousRunColumn] = Previous?.Run ?? 0L,
        [PreviousHashColumn] = Previous?.Hash ?? "",
        [PreviousDataColumn] = Previous?.Data ?? "",
    };

    private static string? Data(string? column) => string.IsNullOrEmpty(column) ? null : column;
}
