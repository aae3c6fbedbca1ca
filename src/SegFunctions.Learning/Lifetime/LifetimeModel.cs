using System.Text.Json.Nodes;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Lifetime;

/// <summary>When customers order and what they spend, as fitted. Immutable.</summary>
/// <param name="Purchases">Orders.</param>
/// <param name="Spend">Amounts; null when they were not known.</param>
public sealed record LifetimeModel(PurchaseFit Purchases, SpendFit? Spend)
{
    private const string Kind = "lifetime";
    private const int Version = 1;

    /// <summary>What the models say to beware of, orders first.</summary>
    public IEnumerable<Bilingual> Warnings => [.. Purchases.Warnings, .. Spend?.Warnings ?? []];

    /// <summary>Writes both fits. The stream stays open.</summary>
    public void Save(Stream stream)
    {
        var orders = new JsonObject
        {
            ["model"] = PurchaseModelNames.Name(Purchases.Model.Kind),
            ["asked"] = PurchaseModelNames.Name(Purchases.Asked),
            ["identifiable"] = Purchases.Identifiable,
            ["converged"] = Purchases.Converged,
            ["outcome"] = Text(Purchases.Outcome),
            ["warnings"] = Texts(Purchases.Warnings),
            ["iterations"] = Purchases.Iterations,
            ["customers"] = Purchases.Customers,
            ["histories"] = Purchases.Histories,
        };
        var amounts = Spend is null ? null : new JsonObject
        {
            ["fitted"] = Spend.Model is not null,
            ["converged"] = Spend.Converged,
            ["outcome"] = Text(Spend.Outcome),
            ["warnings"] = Texts(Spend.Warnings),
            ["iterations"] = Spend.Iterations,
            ["customers"] = Spend.Customers,
        };
        ModelFile.Write(
            stream,
            Kind,
            Version,
            new JsonObject { ["fits"] = amounts is null ? new JsonArray(orders) : new JsonArray(orders, amounts) },
            ("parameters", Purchases.Model.Values),
            ("errors", [.. Purchases.StandardErrors]),
            ("covariance", [.. Purchases.LogCovariance]),
            ("likelihoods", [Purchases.LogLikelihood, Purchases.NbdLogLikelihood, Spend?.LogLikelihood ?? double.NaN]),
            ("spend", Spend?.Model is { } spend ? [spend.P, spend.Q, spend.Gamma] : []),
            ("spendErrors", [.. Spend?.StandardErrors ?? []]),
            ("spendCovariance", [.. Spend?.LogCovariance ?? []]),
            ("spendFigures", [Spend?.Correlation ?? double.NaN, Spend?.MeanAmount ?? double.NaN]));
    }

    /// <exception cref="InvalidDataException">The stream holds no lifetime model, a newer version, or a damaged one.</exception>
    public static LifetimeModel Load(Stream stream)
    {
        var file = ModelFile.Read(stream, Kind, Version);
        var fits = file.List("fits");
        var orders = fits.Count is 1 or 2 ? fits[0] as JsonObject : null;
        if (orders is null)
            throw new InvalidDataException("The stored model lacks the fit of its orders; it is damaged.");
        var likelihoods = file.Array("likelihoods", 3);
        var purchases = new PurchaseFit
        {
            Model = ModelOf(Named(orders, "model"), file.Array("parameters")),
            Asked = Named(orders, "asked"),
            Identifiable = ModelFile.Field<bool>(orders, "identifiable"),
            Converged = ModelFile.Field<bool>(orders, "converged"),
            Outcome = TextOf(orders["outcome"]),
            Warnings = TextsOf(orders["warnings"]),
            Iterations = ModelFile.Field<int>(orders, "iterations"),
            Customers = ModelFile.Field<double>(orders, "customers"),
            Histories = ModelFile.Field<int>(orders, "histories"),
            LogLikelihood = likelihoods[0],
            NbdLogLikelihood = likelihoods[1],
            StandardErrors = file.Array("errors"),
            LogCovariance = file.Array("covariance"),
        };
        var size = purchases.Model.Values.Length;
        if (purchases.StandardErrors.Count != size || (purchases.LogCovariance.Count != 0 && purchases.LogCovariance.Count != size * size))
            throw new InvalidDataException("The stored model has errors of other parameters than its own; it is damaged.");
        return new LifetimeModel(purchases, fits.Count == 2 ? SpendOf(fits[1] as JsonObject ?? [], file, likelihoods[2]) : null);
    }

    private static SpendFit SpendOf(JsonObject amounts, ModelFile file, double likelihood)
    {
        var fitted = ModelFile.Field<bool>(amounts, "fitted");
        var parameters = file.Array("spend", fitted ? 3 : 0);
        var covariance = file.Array("spendCovariance");
        var figures = file.Array("spendFigures", 2);
        if (covariance.Length is not (0 or 9))
            throw new InvalidDataException($"The stored model's array \"spendCovariance\" has {covariance.Length} values, expected 9; it is damaged.");
        return new SpendFit
        {
            Model = fitted ? Checked(() => new GammaGammaModel(parameters[0], parameters[1], parameters[2])) : null,
            LogLikelihood = likelihood,
            Converged = ModelFile.Field<bool>(amounts, "converged"),
            Outcome = TextOf(amounts["outcome"]),
            Warnings = TextsOf(amounts["warnings"]),
            Iterations = ModelFile.Field<int>(amounts, "iterations"),
            Customers = ModelFile.Field<int>(amounts, "customers"),
            Correlation = figures[0],
            MeanAmount = figures[1],
            StandardErrors = file.Array("spendErrors", fitted ? 3 : 0),
            LogCovariance = covariance,
        };
    }

    private static PurchaseModel ModelOf(PurchaseModelKind kind, double[] parameters) => Checked(() => PurchaseModel.Of(kind, parameters));

    private static T Checked<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"The stored model cannot be one: {exception.Message}", exception);
        }
    }

    private static PurchaseModelKind Named(JsonObject from, string name) =>
        PurchaseModelNames.Parse(ModelFile.Field<string>(from, name)) ?? throw new InvalidDataException($"The stored model names an unknown model in \"{name}\"; it is damaged or newer.");

    private static JsonObject Text(Bilingual text) => new() { ["en"] = text.En, ["fr"] = text.Fr };

    private static JsonArray Texts(IEnumerable<Bilingual> texts) => new([.. texts.Select(text => (JsonNode)Text(text))]);

    private static Bilingual TextOf(JsonNode? node) =>
        new(ModelFile.Field<string>(node as JsonObject, "en"), ModelFile.Field<string>(node as JsonObject, "fr"));

    private static IReadOnlyList<Bilingual> TextsOf(JsonNode? node) =>
        node is JsonArray list ? [.. list.Select(TextOf)] : throw new InvalidDataException("The stored model lacks the list \"warnings\"; it is damaged.");
}
