using System.Text.Json;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Segments.Profiles;

namespace SegFunctions.Customers.Predictions.CrossSell;

/// <summary>Tells what a customer may buy next: related items, or popular ones where those are no better.</summary>
/// <remarks>Immutable, safe for many threads. What is proposed depends on the one customer alone.</remarks>
public sealed class CrossSellModel
{
    private readonly Dictionary<ulong, int> _rankOf;

    internal CrossSellModel(CrossSellReport report, Item[] items, ItemRelations relations, int[] popular, double[] trend)
    {
        Report = report;
        Items = items;
        Relations = relations;
        Popular = popular;
        Trend = trend;
        _rankOf = new Dictionary<ulong, int>(items.Length);
        for (var rank = 0; rank < items.Length; rank++)
            _rankOf[items[rank].Key] = rank;
    }

    /// <summary>How good it is, and why it is used.</summary>
    public CrossSellReport Report { get; }

    /// <summary>(ranks), the most bought first.</summary>
    internal Item[] Items { get; }

    internal ItemRelations Relations { get; }

    internal int[] Popular { get; }

    internal double[] Trend { get; }

    /// <summary>Proposals for the customers of a history.</summary>
    /// <exception cref="ArgumentException">The history is of another level.</exception>
    public CustomerProposals For(ItemHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Level != Report.Level)
            throw new ArgumentException($"The model tells the next {Report.Level}, the history is of {history.Level}.", nameof(history));
        return new CustomerProposals(this, history, [.. history.Items.Select(item => _rankOf.GetValueOrDefault(item.Key, -1))]);
    }

    /// <summary>Writes the model: its report as JSON, its numbers and names as binary. The streams stay open.</summary>
    public void Save(Stream report, Stream numbers)
    {
        JsonSerializer.Serialize(report, Report, CustomersJson.Default.CrossSellReport);
        using var writer = ItemFile.Create(numbers);
        ItemFile.Write(writer, Items);
        ItemFile.Write(writer, Relations.Customers);
        ItemFile.Write(writer, Relations.Starts);
        ItemFile.Write(writer, Relations.Related);
        ItemFile.Write(writer, Relations.Similarity);
        ItemFile.Write(writer, Popular);
        ItemFile.Write(writer, Trend);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The streams hold no such model, a newer version, or a damaged one.</exception>
    public static CrossSellModel Load(Stream report, Stream numbers)
    {
        CrossSellReport read;
        try
        {
            read = JsonSerializer.Deserialize(report, CustomersJson.Default.CrossSellReport) ?? throw new InvalidDataException("The stored cross-sell report is empty. Train the model again by a refresh.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The stored cross-sell report is damaged: {exception.Message} Train the model again by a refresh.", exception);
        }

        return ItemFile.Read(numbers, $"The stored model of the next {read.Level}", reader =>
        {
            var items = ItemFile.ReadItems(reader);
            var relations = new ItemRelations(
                [.. Enumerable.Range(0, items.Length)], ItemFile.ReadIntegers(reader), ItemFile.ReadIntegers(reader), ItemFile.ReadIntegers(reader), ItemFile.ReadDoubles(reader));
            var popular = ItemFile.ReadIntegers(reader);
            var trend = ItemFile.ReadDoubles(reader);
            if (trend.Length != items.Length || relations.Related.Concat(popular).Any(rank => rank < 0 || rank >= items.Length) || relations.Starts.Zip(relations.Starts.Skip(1)).Any(pair => pair.First > pair.Second))
                throw new InvalidDataException("The stored cross-sell model speaks of items that it does not have; it is damaged. Train the model again by a refresh.");
            return new CrossSellModel(read, items, relations, popular, trend);
        });
    }
}
