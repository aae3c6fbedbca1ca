using SegFunctions.Customers.Identity;
using SegFunctions.Customers.Identity.Linking;
using SegFunctions.Customers.Identity.Records;

namespace SegFunctions.Cli.Dedupe;

/// <summary>One run of <c>dedupe</c>.</summary>
internal sealed record DedupeRun(DedupeResult Result, RecordSet Records, LinkResult Links)
{
    private const int ReviewsTold = 50;
    private const int IdsTold = 10;

    /// <exception cref="CommandFailedException">The file cannot be linked, or an id is not in it; the message says why.</exception>
    public static async Task<DedupeRun> RunAsync(DedupeRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var options = Options(request);
        var table = await DedupeTable.ReadAsync(request.File, request.Id, cancellationToken);
        var read = time.GetTimestamp();
        var records = table.Records;
        var index = await Task.Run(() => IdentityIndex.Build(records, options, cancellationToken: cancellationToken), cancellationToken);
        var links = await Task.Run(() => index.Link(cancellationToken: cancellationToken), cancellationToken);
        var linked = time.GetTimestamp();
        var result = new DedupeResult(
            Path.GetFileName(request.File),
            records.Rows,
            records.Ids.CountBy(id => id, StringComparer.Ordinal).Count(one => one.Value > 1),
            links.ClusterCount,
            records.Rows - links.ClusterCount,
            links.Links.Count,
            links.Review.Count + links.ReviewsUnlisted,
            links.Figures.ExpectedPrecision,
            links.Figures.Candidates,
            [.. records.Columns.Select(column => new ComparedColumn(column.Name, Camel($"{column.Field}"), column.Evidence))],
            [.. records.Unused.Select(one => new SkippedColumn(one.Column, one.Reason))],
            [.. links.Blocked.Select(one => new BlockedIdentifier(one.Column, one.Records, one.Reason))],
            [.. links.Refused.Select(one => new RefusedGroup(one.Rows.Count, [.. one.Rows.Take(IdsTold).Select(row => records.Ids[row])]))],
            [.. links.Review.Take(ReviewsTold).Select(pair => new ReviewedPair(records.Ids[pair.Left], records.Ids[pair.Right], pair.Probability, Camel($"{pair.Reason}"), index.Explain(pair.Left, pair.Right).Text))],
            request.Compare is null ? null
                : DedupeSettings.IsFile(request.Compare) ? await EarlierClusters.CompareSettingsAsync(request.Compare, records, options, links.Clusters, cancellationToken)
                : await EarlierClusters.CompareAsync(request.Compare, records.Ids, links.Clusters, cancellationToken),
            request.Explain is { } asked ? index.Explain(RowOf(records, asked.Left), RowOf(records, asked.Right)) : null,
            new DedupeSeconds(Seconds(started, read), Seconds(read, linked), Seconds(started, time.GetTimestamp())));
        return new DedupeRun(result, records, links);

        double Seconds(long from, long to) => Math.Round(time.GetElapsedTime(from, to).TotalSeconds, 3);
    }

    private static IdentityOptions Options(DedupeRequest request)
    {
        var usual = new IdentityOptions();
        var apply = request.ApplyAt ?? usual.ApplyAt;
        var options = usual with { ApplyAt = apply, ReviewAt = request.ReviewAt ?? Math.Min(usual.ReviewAt, apply), Threads = request.Threads };
        return options.Validate() is { Count: > 0 } faults ? throw new UsageException(string.Join(' ', faults)) : options;
    }

    private static int RowOf(RecordSet records, string id)
    {
        for (var row = 0; row < records.Rows; row++)
        {
            if (records.Ids[row] == id)
                return row;
        }

        throw new CommandFailedException($"There is no record '{id}' of --explain. Name two ids of the file.");
    }

    private static string Camel(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
