namespace SegFunctions.Learning.Lifetime;

/// <summary>How models and their parameters are called.</summary>
public static class PurchaseModelNames
{
    /// <summary>As options, reports in JSON and stored models write it: nbd, bgnbd, mbgnbd, paretonbd.</summary>
    public static string Name(PurchaseModelKind kind) => kind switch
    {
        PurchaseModelKind.Nbd => "nbd",
        PurchaseModelKind.BgNbd => "bgnbd",
        PurchaseModelKind.MbgNbd => "mbgnbd",
        PurchaseModelKind.ParetoNbd => "paretonbd",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>As people write it: BG/NBD.</summary>
    public static string Title(PurchaseModelKind kind) => kind switch
    {
        PurchaseModelKind.Nbd => "NBD",
        PurchaseModelKind.BgNbd => "BG/NBD",
        PurchaseModelKind.MbgNbd => "MBG/NBD",
        PurchaseModelKind.ParetoNbd => "Pareto/NBD",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <returns>null for a name that is none.</returns>
    public static PurchaseModelKind? Parse(string name)
    {
        foreach (var kind in Enum.GetValues<PurchaseModelKind>())
        {
            if (Name(kind) == name)
                return kind;
        }

        return null;
    }

    internal static IReadOnlyList<string> ParametersOf(PurchaseModelKind kind) => kind switch
    {
        PurchaseModelKind.Nbd => ["r", "alpha"],
        PurchaseModelKind.ParetoNbd => ["r", "alpha", "s", "beta"],
        _ => ["r", "alpha", "a", "b"],
    };
}
