using System.Text.Json;
using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Learning.Tests.Golden;

/// <summary>Figures of scipy 1.10.1, made by make_lifetime.py beside this file.</summary>
public sealed class LifetimeGoldenTests
{
    private static readonly JsonElement Root = Read();
    private static readonly PurchaseHistory[] Histories =
        [.. Root.GetProperty("histories").EnumerateArray().Select(row => new PurchaseHistory((int)row[0].GetDouble(), row[1].GetDouble(), row[2].GetDouble()))];

    private static readonly double[] Horizons = Root.GetProperty("horizons").Doubles();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public void Likelihood_gradient_activity_and_expected_orders_are_those_of_scipy(int number)
    {
        var golden = Root.GetProperty("cases")[number];
        var kind = PurchaseModelNames.Parse(golden.GetProperty("model").GetString()!)!.Value;
        var parameters = golden.GetProperty("parameters").Doubles();
        var model = PurchaseModel.Of(kind, parameters);
        for (var i = 0; i < Histories.Length; i++)
        {
            GoldenFigures.Close(golden.GetProperty("logLikelihoods")[i].GetDouble(), Evaluate([Histories[i]], kind, parameters).Value, 1e-10);
            GoldenFigures.Close(golden.GetProperty("alive")[i].GetDouble(), model.AliveProbability(Histories[i]), 1e-10);
            for (var at = 0; at < Horizons.Length; at++)
                GoldenFigures.Close(golden.GetProperty("orders")[i][at].GetDouble(), model.OrdersIfAlive(Histories[i], Horizons[at]).Mean, 1e-8);
        }

        // Differences of a double reach about nine digits.
        GoldenFigures.Close(golden.GetProperty("gradient").Doubles(), Evaluate(Histories, kind, parameters).Gradient, 1e-7);
        if (golden.GetProperty("counts").ValueKind == JsonValueKind.Null)
            return;
        var counts = new double[8];
        model.RepeatDistribution(38.86, counts);
        GoldenFigures.Close(golden.GetProperty("counts").Doubles(), counts, 1e-9);
    }

    [Fact]
    public void Spend_is_that_of_scipy()
    {
        var spend = Root.GetProperty("spend");
        var rows = spend.GetProperty("rows").EnumerateArray().Select(row => (X: (int)row[0].GetDouble(), Mean: row[1].GetDouble())).ToArray();
        foreach (var golden in spend.GetProperty("cases").EnumerateArray())
        {
            var parameters = golden.GetProperty("parameters").Doubles();
            var model = new GammaGammaModel(parameters[0], parameters[1], parameters[2]);
            for (var i = 0; i < rows.Length; i++)
            {
                GoldenFigures.Close(golden.GetProperty("logLikelihoods")[i].GetDouble(), EvaluateSpend([rows[i]], parameters).Value, 1e-10);
                GoldenFigures.Close(golden.GetProperty("amounts")[i].GetDouble(), model.ExpectedAmount(rows[i].X, rows[i].Mean), 1e-7);
            }

            GoldenFigures.Close(golden.GetProperty("gradient").Doubles(), EvaluateSpend(rows, parameters).Gradient, 1e-7);
        }
    }

    [Fact]
    public void The_gamma_function_and_its_logarithm_derivatives_are_those_of_scipy()
    {
        foreach (var golden in Root.GetProperty("gammas").EnumerateArray())
        {
            var found = GammaFunctions.At(golden.Number("z"));
            GoldenFigures.Close(golden.Number("log"), found.Log, 1e-14);
            GoldenFigures.Close(golden.Number("psi"), found.Psi, 1e-14);
            GoldenFigures.Close(golden.Number("trigamma"), found.Trigamma, 1e-14);
        }
    }

    private static (double Value, double[] Gradient) Evaluate(PurchaseHistory[] histories, PurchaseModelKind kind, double[] parameters)
    {
        using var team = new ChunkTeam(1, CancellationToken.None);
        var grouped = GroupedHistories.Of(new PurchaseHistories([.. histories.Select(one => one.Repeats)], [.. histories.Select(one => one.Recency)], [.. histories.Select(one => one.Age)]));
        var gradient = new double[4];
        return (PurchaseFitting.Likelihood(grouped, kind, team).Evaluate(parameters, gradient, new double[16]), gradient);
    }

    /// <summary>In the unit of the amounts: the likelihood measures them by their mean.</summary>
    private static (double Value, double[] Gradient) EvaluateSpend((int X, double Mean)[] rows, double[] parameters)
    {
        using var team = new ChunkTeam(1, CancellationToken.None);
        var spend = GroupedSpend.Of([.. rows.Select(row => row.X)], [.. rows.Select(row => row.Mean)]);
        var gradient = new double[3];
        var value = new GammaGammaLikelihood(spend, team).Evaluate([parameters[0], parameters[1], parameters[2] / spend.Scale], gradient, new double[9]);
        gradient[2] /= spend.Scale;
        return (value - (rows.Length * Math.Log(spend.Scale)), gradient);
    }

    private static JsonElement Read()
    {
        using var stream = typeof(LifetimeGoldenTests).Assembly.GetManifestResourceStream("lifetime.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
