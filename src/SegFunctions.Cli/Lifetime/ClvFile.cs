using System.Globalization;
using System.Text;

namespace SegFunctions.Cli.Lifetime;

/// <summary><c>id,p_alive,expected_orders,clv</c>: a line a customer, in order of first appearance; clv is empty where no amounts are known.</summary>
internal static class ClvFile
{
    public static string Write(ClvRun run)
    {
        var text = new StringBuilder("id,p_alive,expected_orders,clv\n", 48 * (run.Forecasts.Length + 1));
        for (var i = 0; i < run.Forecasts.Length; i++)
        {
            var forecast = run.Forecasts[i];
            AppendField(text, run.Orders.Ids[run.Observed.Customers[i]]);
            text.Append(CultureInfo.InvariantCulture, $",{forecast.Alive:0.########},{forecast.Orders:0.########},");
            if (!double.IsNaN(forecast.Value))
                text.Append(CultureInfo.InvariantCulture, $"{forecast.Value:0.####}");
            text.Append('\n');
        }

        return text.ToString();
    }

    private static void AppendField(StringBuilder text, string field)
    {
        if (field.AsSpan().IndexOfAny(",\"\r\n") < 0)
            text.Append(field);
        else
            text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
