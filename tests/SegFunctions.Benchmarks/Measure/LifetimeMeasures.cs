using System.Diagnostics;
using System.Globalization;
using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Benchmarks.Measure;

/// <summary>The models of orders and of spend on sufficient statistics, with the forecast of 26 weeks.</summary>
internal static class LifetimeMeasures
{
    private const double Weeks = 26;

    public static IEnumerable<MeasuredTask> All =>
    [
        .. ((string[])["summary_cdnow", "summary_small", "summary_large"]).Select(table => Of("clv", table, PurchaseModelKind.BgNbd)),
        Of("clv_mbgnbd", "summary_large", PurchaseModelKind.MbgNbd),
        Of("clv_paretonbd", "summary_large", PurchaseModelKind.ParetoNbd),
        Cost,
    ];

    /// <summary>The fit of orders and spend at three sizes.</summary>
    private static MeasuredTask Cost => new("clv_cost_segfunctions/summary_large", "summary_large", data =>
    {
        var all = Read(data.PathOf("summary_large.csv"));
        int[] sizes = [10_000, 100_000, 1_000_000];
        var parts = sizes.Select(size => Take(all, size)).ToArray();
        return new MeasuredRun(all.Count, 4, _ =>
        {
            var phases = sizes.Select((size, at) => ($"n_{size}", Measurement.Clocked(() => Fit(parts[at], PurchaseModelKind.BgNbd, data.Threads)).Wall)).ToArray();
            return () => new MeasuredQuality(("sizes", sizes.Length)) { Phases = phases };
        });
    });

    private static MeasuredTask Of(string task, string table, PurchaseModelKind kind) => new($"{task}_segfunctions/{table}", table, data =>
    {
        var histories = Read(data.PathOf(table + ".csv"));
        return new MeasuredRun(histories.Count, 4, _ =>
        {
            var start = Stopwatch.GetTimestamp();
            var orders = PurchaseFitting.Fit(histories, new PurchaseFitOptions { Model = kind, Threads = data.Threads });
            var fitted = Stopwatch.GetTimestamp();
            var spend = SpendFitting.Fit(histories, new PurchaseFitOptions { Threads = data.Threads });
            var spent = Stopwatch.GetTimestamp();
            var forecasts = new LifetimeForecast(orders.Model, spend, new ForecastOptions { Horizon = Weeks, AnnualDiscount = 0, Threads = data.Threads }).All(histories);
            var end = Stopwatch.GetTimestamp();
            return () => Quality(orders, spend, forecasts) with
            {
                Phases =
                [
                    ("fit_s", Stopwatch.GetElapsedTime(start, fitted).TotalSeconds),
                    ("gamma_gamma_s", Stopwatch.GetElapsedTime(fitted, spent).TotalSeconds),
                    ("expected_s", Stopwatch.GetElapsedTime(spent, end).TotalSeconds),
                ],
            };
        });
    });

    private static object Fit(PurchaseHistories histories, PurchaseModelKind kind, int threads)
    {
        var options = new PurchaseFitOptions { Model = kind, Threads = threads };
        return (PurchaseFitting.Fit(histories, options), SpendFitting.Fit(histories, options));
    }

    private static MeasuredQuality Quality(PurchaseFit orders, SpendFit spend, CustomerForecast[] forecasts) => new(
    [
        .. orders.Model.Parameters.Select(parameter => (parameter.Key, Math.Round(parameter.Value, 4))),
        ("loglik", Math.Round(orders.LogLikelihood, 3)),
        ("iterations", orders.Iterations),
        ("e26_sum", Math.Round(forecasts.Sum(forecast => forecast.Orders), 2)),
        ("alive_mean", Math.Round(forecasts.Average(forecast => forecast.Alive), 5)),
        ("p", Math.Round(spend.Model!.P, 4)),
        ("q", Math.Round(spend.Model.Q, 4)),
        ("gamma", Math.Round(spend.Model.Gamma, 4)),
        ("spend_loglik", Math.Round(spend.LogLikelihood, 3)),
        ("spend_iterations", spend.Iterations),
    ]);

    /// <summary>customer_id, x, t_x, T, m_x under one header.</summary>
    private static PurchaseHistories Read(string path)
    {
        var (repeats, recency, age, spend) = (new List<int>(), new List<double>(), new List<double>(), new List<double>());
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            var cells = line.Split(',');
            repeats.Add(int.Parse(cells[1], CultureInfo.InvariantCulture));
            recency.Add(double.Parse(cells[2], CultureInfo.InvariantCulture));
            age.Add(double.Parse(cells[3], CultureInfo.InvariantCulture));
            spend.Add(double.Parse(cells[4], CultureInfo.InvariantCulture));
        }

        return new PurchaseHistories([.. repeats], [.. recency], [.. age], [.. spend]);
    }

    private static PurchaseHistories Take(PurchaseHistories all, int count)
    {
        var some = Math.Min(count, all.Count);
        return new PurchaseHistories(all.Repeats[..some].ToArray(), all.Recency[..some].ToArray(), all.Age[..some].ToArray(), all.Spend[..some].ToArray());
    }
}
