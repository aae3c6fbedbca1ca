using SegFunctions.Learning.Evaluation.Structure;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>The test of structure: 500 rows with groups, where most draws are needed, and a sample of a large table.</summary>
internal static class StructureMeasures
{
    public static IEnumerable<MeasuredTask> All =>
    [
        Test("blobs_10k_d8", 500),
        Test("blobs_100k_d16", 100_000),
        Costs.Of("structure", "blobs_10k_d8", [250, 500, 1_000], (rows, threads) => StructureTest.Run(rows, new StructureTestOptions { Threads = threads })),
    ];

    private static MeasuredTask Test(string table, int first) => new($"structure_segfunctions/{table}[:{first}]", $"{table}[:{first}]", data =>
    {
        var rows = data.Rows(table, first);
        return new MeasuredRun(rows.Rows, rows.Columns, seed =>
        {
            var result = StructureTest.Run(rows, new StructureTestOptions { Seed = seed, Threads = data.Threads });
            return () => new MeasuredQuality(("p", Math.Round(result.PValue, 4)), ("draws", result.Draws), ("rows_tested", result.RowsTested));
        });
    });
}
