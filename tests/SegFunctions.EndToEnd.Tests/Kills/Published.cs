using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SegFunctions.App;
using SegFunctions.App.Memberships;
using SegFunctions.Storage;
using SegFunctions.Storage.Tables;

namespace SegFunctions.EndToEnd.Tests.Kills;

/// <summary>Everything that readers see of the current run, as lines of text; run ids, run numbers and times left out.</summary>
internal sealed record Published(IReadOnlyList<string> Memberships, IReadOnlyList<string> Members, IReadOnlyList<string> Segments, string Run)
{
    public static async Task<Published> ReadAsync(StorageAccount storage)
    {
        var tables = new MembershipTables(storage);
        var runs = new RunTable(tables);
        var current = await runs.FindCurrentAsync(CancellationToken.None)
            ?? throw new InvalidOperationException("No run was published.");

        var memberships = new List<string>();
        await foreach (var entity in tables.Memberships.QueryAsync<TableEntity>())
        {
            var row = MembershipRow.Read(entity);
            if (row.At(current.Sequence) is { Data: { } data } version)
                memberships.Add($"{entity.PartitionKey}/{row.Key} {version.Hash} {WithoutDates(data)}");
        }

        var members = new List<string>();
        await foreach (var entity in tables.SegmentMembers.QueryAsync<TableEntity>())
        {
            if (entity.GetInt64(ShardDifference.FromColumn) <= current.Sequence && entity.GetInt64(ShardDifference.ToColumn) > current.Sequence)
                members.Add($"{entity.PartitionKey}/{entity.RowKey}");
        }

        var segments = new List<string>();
        foreach (var segment in await new SegmentTable(tables).ListAsync(current.Sequence, CancellationToken.None))
            segments.Add(JsonSerializer.Serialize(segment, AppJson.Default.SegmentRecord));

        var record = await runs.FindAsync(new RunId(current.RunId), CancellationToken.None);
        var run = record! with { Id = "", Sequence = 0, StartedAt = default, EndedAt = null, RowsWritten = null };
        return new Published(memberships, members, segments, string.Create(CultureInfo.InvariantCulture,
            $"{JsonSerializer.Serialize(run, AppJson.Default.RunRecord)} {current.AsOf:O} {current.AsOfReason.En} {current.Customers} {string.Join(',', current.Models.Keys)}"));
    }

    /// <summary>The segments of <c>since</c> stay, their dates go.</summary>
    private static string WithoutDates(string document)
    {
        var json = JsonNode.Parse(document)!.AsObject();
        var since = json["since"]!.AsObject();
        json["since"] = new JsonArray([.. since.Select(membership => (JsonNode)membership.Key)]);
        return json.ToJsonString();
    }
}
