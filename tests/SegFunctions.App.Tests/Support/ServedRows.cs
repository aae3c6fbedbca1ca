using System.Text.Json;
using SegFunctions.App.Memberships;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Tests.Support;

/// <summary>The rows of customers and segments that readers find.</summary>
internal static class ServedRows
{
    /// <summary>What is served; with <paramref name="withMeta"/> also the rows' versions and dates.</summary>
    public static async Task<List<string>> ReadAsync(ServedApp app, bool withMeta)
    {
        var tables = new MembershipTables(app.Storage);
        var run = (await new RunTable(tables).FindCurrentAsync(default))!.Sequence;
        var rows = new List<string>();
        await foreach (var row in tables.Memberships.QueryAsync<TableEntity>())
        {
            if (MembershipDocument.Read(MembershipRow.Read(row).At(run)) is { } document)
                rows.Add($"served {row.RowKey} {JsonSerializer.Serialize(document.Customer)}{(withMeta ? " " + row.ETag : "")}");
        }

        await foreach (var row in tables.SegmentMembers.QueryAsync<TableEntity>())
        {
            if (row.GetInt64("from") <= run && row.GetInt64("to") > run)
                rows.Add($"member {row.PartitionKey} {row.RowKey}{(withMeta ? $" {row.ETag} {row.GetDateTimeOffset("since")}" : "")}");
        }

        return rows;
    }
}
