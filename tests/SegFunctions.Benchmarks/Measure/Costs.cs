using SegFunctions.Learning;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>How the cost of something grows with the rows: it is run on the first rows of a table, several numbers of them.</summary>
internal static class Costs
{
    /// <param name="task">Goes into the name: <c>TASK_cost_segfunctions/WORKLOAD</c>.</param>
    /// <param name="sizes">Numbers of rows, ascending.</param>
    /// <param name="work">What is measured, given rows and threads.</param>
    /// <returns>A task whose phases are the seconds a size, and whose quality is the exponent e of cost ∝ nᵉ, by the clock and by the processors.</returns>
    public static MeasuredTask Of(string task, string workload, int[] sizes, Action<Matrix, int> work) => new($"{task}_cost_segfunctions/{workload}", workload, data =>
    {
        var tables = sizes.Select(size => data.Rows(workload, size)).ToArray();
        // Once before, so that the smallest size does not pay for compiling.
        work(tables[0], data.Threads);
        return new MeasuredRun(sizes[^1], tables[0].Columns, _ =>
        {
            var seconds = tables.Select(table => Seconds(table, data.Threads)).ToArray();
            return () => new MeasuredQuality(
                ("exponent", Exponent(sizes, [.. seconds.Select(one => one.Wall)])),
                ("exponent_cpu", Exponent(sizes, [.. seconds.Select(one => one.Processor)])))
            {
                Phases = [.. sizes.Zip(seconds, (size, one) => ($"{size}_s", one.Wall))],
            };
        });

        (double Wall, double Processor) Seconds(Matrix table, int threads)
        {
            var (_, wall, processor) = Measurement.Clocked(() =>
            {
                work(table, threads);
                return 0;
            });
            return (wall, processor);
        }
    });

    /// <summary>Slope of the least-squares line through (ln n, ln seconds).</summary>
    private static double Exponent(int[] sizes, double[] seconds)
    {
        var x = sizes.Select(size => Math.Log(size)).ToArray();
        var y = seconds.Select(second => Math.Log(second)).ToArray();
        var (meanX, meanY) = (x.Average(), y.Average());
        return Math.Round(x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX)), 3);
    }
}
