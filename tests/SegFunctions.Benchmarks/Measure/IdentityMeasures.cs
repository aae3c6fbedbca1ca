using System.Diagnostics;
using SegFunctions.Cli.Dedupe;
using SegFunctions.Customers.Identity;
using SegFunctions.Customers.Identity.Records;
using SegFunctions.Testing.People;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>Simulated customer bases linked from nothing, file to clusters; then ten thousand records more.</summary>
internal static class IdentityMeasures
{
    private const int Added = 10_000;

    public static IEnumerable<MeasuredTask> All =>
    [
        Of("people_10k", new PeopleOptions { Rows = 10_000 }),
        Of("people_100k", new PeopleOptions { Rows = 100_000 }),
        Of("people_100k_nobirth", new PeopleOptions { Rows = 100_000, BirthDates = false }),
        Of("people_1m", new PeopleOptions { Rows = 1_000_000 }),
        Of("people_1m_seed2", new PeopleOptions { Rows = 1_000_000, Seed = 2 }),
        Of("people_1m_nobirth", new PeopleOptions { Rows = 1_000_000, BirthDates = false, Seed = 3 }),
        Again("people_100k_again", new PeopleOptions { Rows = 100_000 }),
        Again("people_1m_again", new PeopleOptions { Rows = 1_000_000 }),
    ];

    /// <summary>What a refresh does after ten thousand records more: all compared by the model that is kept, beside the new ones alone upon the pairs that are kept.</summary>
    private static MeasuredTask Again(string workload, PeopleOptions options) => new($"identity_segfunctions/{workload}", workload, data =>
    {
        var path = Path.Combine(Path.GetTempPath(), $"segfunctions-{workload}.csv");
        var more = path + ".more.csv";
        Write(path, more, options);
        var learning = new IdentityOptions { Threads = data.Threads };
        var first = IdentityIndex.Build(Read(path), learning);
        var (model, pairs) = (first.Model, first.Pairs());
        File.AppendAllLines(path, File.ReadLines(more).Skip(1).Select(line => "x" + line));
        var records = Read(path);
        return new MeasuredRun(options.Rows + Added, 9, _ =>
        {
            var start = Stopwatch.GetTimestamp();
            var upon = IdentityIndex.Build(records, learning, model, pairs);
            var end = Stopwatch.GetTimestamp();
            return () =>
            {
                var whole = Stopwatch.GetTimestamp();
                var all = IdentityIndex.Build(records, learning, model);
                var compared = Stopwatch.GetTimestamp();
                using var kept = new MemoryStream();
                pairs.Save(kept);
                var same = upon.Link().Clusters.AsSpan().SequenceEqual(all.Link().Clusters);
                return new MeasuredQuality(("same", same ? 1 : 0), ("rows_compared", upon.RowsCompared), ("pairs_mb", kept.Length / 1e6))
                {
                    Phases = [("upon_pairs_s", Seconds(start, end)), ("all_s", Seconds(whole, compared))],
                };
            };
        });
    });

    private static RecordSet Read(string path) => DedupeTable.ReadAsync(path, "id", CancellationToken.None).GetAwaiter().GetResult().Records;

    private static MeasuredTask Of(string workload, PeopleOptions options) => new($"identity_segfunctions/{workload}", workload, data =>
    {
        var path = Path.Combine(Path.GetTempPath(), $"segfunctions-{workload}.csv");
        var more = path + ".more.csv";
        var people = Write(path, more, options);
        return new MeasuredRun(options.Rows, 9, _ =>
        {
            var start = Stopwatch.GetTimestamp();
            var table = DedupeTable.ReadAsync(path, "id", CancellationToken.None).GetAwaiter().GetResult().Records;
            var read = Stopwatch.GetTimestamp();
            var index = IdentityIndex.Build(table, new IdentityOptions { Threads = data.Threads });
            var built = Stopwatch.GetTimestamp();
            var result = index.Link();
            var linked = Stopwatch.GetTimestamp();
            return () =>
            {
                var pairs = PairCounts.Of(result.Clusters, people);
                var further = Stopwatch.GetTimestamp();
                index.Add(DedupeTable.ReadAsync(more, "id", CancellationToken.None).GetAwaiter().GetResult().Records);
                index.Link();
                var end = Stopwatch.GetTimestamp();
                return new MeasuredQuality(
                    ("precision", pairs.Precision), ("recall", pairs.Recall), ("f1", pairs.F1), ("expected_precision", result.Figures.ExpectedPrecision),
                    ("reviews", result.Review.Count + result.ReviewsUnlisted), ("candidates", result.Figures.Candidates))
                {
                    Phases = [("read_s", Seconds(start, read)), ("build_s", Seconds(read, built)), ("link_s", Seconds(built, linked)), ("add_10k_s", Seconds(further, end))],
                };
            };
        });
    });

    private static double Seconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalSeconds;

    private static int[] Write(string path, string more, PeopleOptions options)
    {
        var records = PeopleGenerator.Generate(options);
        using (var writer = new StreamWriter(path))
            PeopleGenerator.Write(writer, records, options);
        using (var writer = new StreamWriter(more))
            PeopleGenerator.Write(writer, PeopleGenerator.Generate(options with { Rows = Added, Seed = options.Seed + 1000 }), options);
        return [.. records.Select(record => record.Person)];
    }
}
