using System.Globalization;
using SegFunctions.Cli.Output;

namespace SegFunctions.Cli.Lifetime;

/// <summary><c>id,p_alive,expected_orders,clv</c>: a line a customer, in order of first appearance; clv is empty where no amounts are known.</summary>
internal static class ClvFile
{
    public static CsvRows Write(ClvRun run)
    {
        var rows = new CsvRows("id,p_alive,expected_orders,clv", 48 * run.Forecasts.Length);
        for (var i = 0; i < run.Forecasts.Length; i++)
        {
            var forecast = run.Forecasts[i];
            rows.Add(run.Orders.Ids[run.Observed.Customers[i]]);
            rows.Text.Append(CultureInfo.InvariantCulture, $",{forecast.Alive:0.########},{forecast.Orders:0.########},");
            if (!double.IsNaN(forecast.Value))
                rows.Text.Append(CultureInfo.InvariantCulture, $"{forecast.Value:0.####}");
            rows.Text.Append('\n');
        }

        return rows;
    }
}
