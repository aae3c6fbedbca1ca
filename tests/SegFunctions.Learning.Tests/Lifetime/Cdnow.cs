using System.Text.Json;
using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Learning.Tests.Lifetime;

/// <summary>The CDNOW sample that the papers fit, in weeks; see make_cdnow.py.</summary>
internal static class Cdnow
{
    static Cdnow()
    {
        using var stream = typeof(Cdnow).Assembly.GetManifestResourceStream("cdnow.json")!;
        using var figures = JsonDocument.Parse(stream);
        var rows = new List<(int X, int Last, int Age, int Later, double Amount)>();
        foreach (var row in figures.RootElement.GetProperty("repeater").EnumerateArray())
            rows.Add((row[0].GetInt32(), row[1].GetInt32(), row[2].GetInt32(), row[3].GetInt32(), row[4].GetDouble()));
        foreach (var row in figures.RootElement.GetProperty("zero").EnumerateArray())
            rows.AddRange(Enumerable.Repeat((0, 0, row[0].GetInt32(), row[1].GetInt32(), 0.0), row[2].GetInt32()));
        Histories = new PurchaseHistories(
            [.. rows.Select(row => row.X)],
            [.. rows.Select(row => row.Last / 7.0)],
            [.. rows.Select(row => row.Age / 7.0)],
            [.. rows.Select(row => row.Amount)]);
        Later = [.. rows.Select(row => row.Later)];
    }

    public static PurchaseHistories Histories { get; }

    /// <summary>Orders of each customer in the 39 weeks after.</summary>
    public static int[] Later { get; }

    public const double HoldoutWeeks = 39;

    /// <summary>Customer 0001 of the paper.</summary>
    public static PurchaseHistory First => Histories[0];
}
