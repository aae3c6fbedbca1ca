namespace SegFunctions.Customers.Predictions.CrossSell;

/// <summary>A purchase history at rest.</summary>
public static class ItemHistoryFile
{
    /// <summary>Writes a history; equal histories give equal bytes. The stream stays open.</summary>
    public static void Write(ItemHistory history, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(history);
        using var writer = ItemFile.Create(stream);
        writer.Write((byte)history.Level);
        ItemFile.Write(writer, history.Items);
        ItemFile.Write(writer, history.Starts);
        ItemFile.Write(writer, history.AllItems);
        ItemFile.Write(writer, history.AllDays);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="name">Names the file in errors.</param>
    /// <exception cref="InvalidDataException">Another file, a newer version, or a damaged one.</exception>
    public static ItemHistory Read(string name, Stream stream) => ItemFile.Read(stream, name, reader =>
    {
        var level = (ItemLevel)reader.ReadByte();
        var items = ItemFile.ReadItems(reader);
        var starts = ItemFile.ReadIntegers(reader);
        var itemOf = ItemFile.ReadIntegers(reader);
        var dayOf = ItemFile.ReadIntegers(reader);
        var ascends = starts.Length > 0 && starts[0] == 0 && starts[^1] == itemOf.Length && starts.Zip(starts.Skip(1)).All(pair => pair.First <= pair.Second);
        if (!Enum.IsDefined(level) || !ascends || dayOf.Length != itemOf.Length || itemOf.Any(item => item < 0 || item >= items.Length))
            throw new InvalidDataException($"{name} holds purchases of no customer or of no item; it is damaged. Make it again by a refresh.");
        return new ItemHistory(level, items, starts, itemOf, dayOf);
    });
}
