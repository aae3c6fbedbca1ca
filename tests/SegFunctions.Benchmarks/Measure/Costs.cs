using SegFunctions.Learning;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>How the cost of something grows: it is run on several sizes of a table, mostly its first rows.</summary>
internal static class Costs
{
    /// <param name="task">Goes into the name: <c>TASK_cost_segfunctions/WORKLOAD</c>.</param>
    /// <param name="sizes">Numbers of rows, ascending.</param>
    /// <param name="work">What is measured, given rows and threads.</param>
    /// <returns>A task whose phases are the seconds a size, and whose quality is the exponent e of cost ∝ nᵉ, by the clock and by the processors.</returns>
    public static MeasuredTask Of(string task, string workload, int[] sizes, Action<Matrix, int> work) => Of(task, workload, sizes, (data, size) =>
    {
        var table = data.Rows(workload, size);
        return (table, () => work(table, data.Threads));
    });

    /// <param name="prepare">Off the clock: the table of a size, and the work on it.</param>
    public static MeasuredTask Of(string task, string workload, int[] sizes, Func<MeasuredData, int, (Matrix Table, Action Work)> prepare) => new($"{task}_cost_segfunctions/{workload}", workload, data =>
    {
        var prepared = sizes.Select(size => prepare(data, size)).ToArray();
        // Once before, so that the smallest size does not pay for compiling.
        prepared[0].Work();
        return new MeasuredRun(prepared[^1].Table.Rows, prepared[^1].Table.Columns, _ =>
        {
            var seconds = prepared.Select(one => Seconds(one.Work)).ToArray();
            return () => new MeasuredQuality(
                ("exponent", Exponent(sizes, [.. seconds.Select(one => one.Wall)])),
                ("exponent_cpu", Exponent(sizes, [.. seconds.Select(one => one.Processor)])))
            {
                Phases = [.. sizes.Zip(seconds, (size, one) => ($"{size}_s", one.Wall))],
            };
        });

        static (double Wall, double Processor) Seconds(Action work)
        {
            var (_, wall, processor) = Measurement.Clocked(() =>
            {
                work();
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
