using System.Globalization;
using System.Text;
using System.Text.Json;
using SegFunctions.Customers;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Predictions.Churn;
using SegFunctions.Customers.Predictions.CrossSell;
using SegFunctions.Customers.Predictions.Value;
using SegFunctions.Customers.Segments.Contacts;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;

namespace SegFunctions.App.Refresh;

/// <summary>The container <c>features</c>: the matrices of a run, one set of files a partition.</summary>
internal sealed class FeatureStore(StorageAccount storage)
{
    private readonly BlobContainer _features = storage.Blobs.GetContainer("features");

    /// <summary>Writes <c>features/&lt;run&gt;/p=&lt;nnn&gt;.npy</c> with keys and countries beside it.</summary>
    public Task WriteAsync(string run, int partition, FeatureSet features, CancellationToken cancellationToken) =>
        WriteAsync(Name(run, partition), features, cancellationToken);

    public Task<FeatureSet> ReadAsync(string run, int partition, DateTime asOf, CancellationToken cancellationToken) =>
        ReadAsync(Name(run, partition), asOf, cancellationToken);

    /// <summary>The features of all partitions. The parts are let go with this method's end: training holds them once.</summary>
    public async Task<FeatureSet> ReadAllAsync(string run, int partitions, DateTime asOf, CancellationToken cancellationToken)
    {
        var parts = new FeatureSet[partitions];
        for (var partition = 0; partition < partitions; partition++)
            parts[partition] = await ReadAsync(run, partition, asOf, cancellationToken);
        return FeatureSet.Join(parts);
    }

    /// <summary>Writes the features as they were at an earlier look of the plan.</summary>
    public Task WriteLookAsync(string run, int partition, int look, FeatureSet features, CancellationToken cancellationToken) =>
        WriteAsync(LookName(run, partition, look), features, cancellationToken);

    public Task<FeatureSet> ReadLookAsync(string run, int partition, int look, DateTime asOf, CancellationToken cancellationToken) =>
        ReadAsync(LookName(run, partition, look), asOf, cancellationToken);

    /// <summary>Writes who bought what in a partition, by row of its features.</summary>
    public async Task WriteItemsAsync(string run, int partition, ItemHistory history, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        ItemHistoryFile.Write(history, content);
        await PutAsync(ItemsName(run, partition, history.Level), content, cancellationToken);
    }

    public async Task<ItemHistory> ReadItemsAsync(string run, int partition, ItemLevel level, CancellationToken cancellationToken)
    {
        var name = ItemsName(run, partition, level);
        var blob = await _features.FindContentAsync(name, cancellationToken) ?? throw new BlobMissingException(_features.Name, name);
        return ItemHistoryFile.Read($"features/{name}", new MemoryStream(blob.Content));
    }

    /// <summary>Who bought what, over all partitions.</summary>
    public async Task<ItemHistory> ReadAllItemsAsync(string run, int partitions, ItemLevel level, CancellationToken cancellationToken)
    {
        var parts = new ItemHistory[partitions];
        for (var partition = 0; partition < partitions; partition++)
            parts[partition] = await ReadItemsAsync(run, partition, level, cancellationToken);
        return ItemHistory.Join(parts);
    }

    /// <summary>Writes the order days of a partition, by row of its features: of today, or of the plan's last look and what came after.</summary>
    public async Task WriteOrderDaysAsync(string run, int partition, bool isToday, OrderDays days, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await days.WriteAsync(content, cancellationToken);
        await PutAsync(OrderDaysName(run, partition, isToday), content, cancellationToken);
    }

    public async Task<OrderDays> ReadOrderDaysAsync(string run, int partition, bool isToday, DateTime asOf, CancellationToken cancellationToken)
    {
        var name = OrderDaysName(run, partition, isToday);
        await using var content = await _features.OpenReadAsync(name, null, cancellationToken);
        return await OrderDays.ReadAsync($"features/{name}", asOf, content, cancellationToken);
    }

    /// <summary>Writes the churn sample of one origin and partition.</summary>
    public async Task WriteSampleAsync(string run, int origin, int partition, ChurnSample sample, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await sample.WriteAsync(content, cancellationToken);
        await PutAsync(SampleName(run, origin, partition), content, cancellationToken);
    }

    /// <summary>The churn sample of one origin, joined over all partitions.</summary>
    public async Task<ChurnSample> ReadSampleAsync(string run, int origin, int partitions, ChurnPlan plan, CancellationToken cancellationToken)
    {
        var parts = new ChurnSample[partitions];
        for (var partition = 0; partition < partitions; partition++)
        {
            var name = SampleName(run, origin, partition);
            await using var content = await _features.OpenReadAsync(name, null, cancellationToken);
            parts[partition] = await ChurnSample.ReadAsync(
                $"features/{name}", plan.Origins[origin], plan.HorizonDays!.Value, content, cancellationToken);
        }

        return ChurnSample.Join(parts);
    }

    /// <summary>Writes who of a partition has ended the contract, and when.</summary>
    public async Task WriteEndedAsync(string run, int partition, IEnumerable<KeyValuePair<CustomerKey, DateTime>> ended, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        content.Write("customer,ended\n"u8);
        foreach (var (customer, instant) in ended)
            content.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{customer},{instant.Ticks}\n")));
        await PutAsync(EndedName(run, partition), content, cancellationToken);
    }

    public async Task<Dictionary<CustomerKey, DateTime>> ReadEndedAsync(string run, int partition, CancellationToken cancellationToken)
    {
        var name = EndedName(run, partition);
        var blob = await _features.FindContentAsync(name, cancellationToken) ?? throw new BlobMissingException(_features.Name, name);
        var ended = new Dictionary<CustomerKey, DateTime>();
        foreach (var line in Encoding.ASCII.GetString(blob.Content).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            if (line.Split(',') is not [var key, var ticks] || !CustomerKey.TryParse(key, out var customer) || !long.TryParse(ticks, CultureInfo.InvariantCulture, out var instant))
                throw new InvalidDataException($"features/{name} is damaged: a line is no customer and instant. Start another run.");
            ended[customer] = new DateTime(instant, DateTimeKind.Utc);
        }

        return ended;
    }

    /// <summary>Writes what speaks against writing to customers of a partition, by key.</summary>
    public Task WriteContactsAsync(string run, int partition, SortedDictionary<string, IReadOnlyList<ContactFlag>> contacts, CancellationToken cancellationToken) =>
        _features.WriteAsync(ContactsName(run, partition), JsonSerializer.SerializeToUtf8Bytes(contacts, AppJson.Published.SortedDictionaryStringIReadOnlyListContactFlag), null, cancellationToken);

    public async Task<SortedDictionary<string, IReadOnlyList<ContactFlag>>> ReadContactsAsync(string run, int partition, CancellationToken cancellationToken)
    {
        var name = ContactsName(run, partition);
        var blob = await _features.FindContentAsync(name, cancellationToken) ?? throw new BlobMissingException(_features.Name, name);
        return JsonSerializer.Deserialize(blob.Content, AppJson.Published.SortedDictionaryStringIReadOnlyListContactFlag)
            ?? throw new InvalidDataException($"features/{name} holds null. Start another run.");
    }

    /// <summary>Writes a small file of the run, unless it stands already.</summary>
    public async Task WriteFileOnceAsync(string run, string file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        try
        {
            await _features.WriteAsync($"{run}/{file}", content, new BlobWriteOptions { OnlyIfMissing = true }, cancellationToken);
        }
        catch (BlobChangedException)
        {
            // The first one stays.
        }
    }

    /// <summary>A small file of the run, or null where it has none.</summary>
    public async Task<byte[]?> FindFileAsync(string run, string file, CancellationToken cancellationToken) =>
        (await _features.FindContentAsync($"{run}/{file}", cancellationToken))?.Content;

    /// <exception cref="BlobMissingException">The run has no such file: it was swept, or never got so far.</exception>
    public async Task<byte[]> ReadFileAsync(string run, string file, CancellationToken cancellationToken) =>
        await FindFileAsync(run, file, cancellationToken) ?? throw new BlobMissingException(_features.Name, $"{run}/{file}");

    /// <summary>Deletes the files of all runs that are older than <paramref name="run"/>.</summary>
    public async Task SweepAsync(string run, CancellationToken cancellationToken)
    {
        await foreach (var blob in _features.ListAsync("", cancellationToken))
        {
            // Run ids sort by time, and blobs are listed by name.
            var owner = blob.Name.AsSpan(0, Math.Max(0, blob.Name.IndexOf('/', StringComparison.Ordinal)));
            if (owner.SequenceCompareTo(run) >= 0)
                return;
            await _features.DeleteAsync(blob.Name, null, cancellationToken);
        }
    }

    private Task PutAsync(string blob, MemoryStream content, CancellationToken cancellationToken) =>
        _features.WriteAsync(blob, content.GetBuffer().AsMemory(0, (int)content.Length), null, cancellationToken);

    private async Task WriteAsync(string name, FeatureSet features, CancellationToken cancellationToken)
    {
        using var matrix = new MemoryStream();
        using var keys = new MemoryStream();
        using var countries = new MemoryStream();
        await FeatureFile.WriteAsync(features, matrix, keys, countries, cancellationToken);
        await PutAsync($"{name}.keys.txt", keys, cancellationToken);
        await PutAsync($"{name}.countries.txt", countries, cancellationToken);
        await PutAsync($"{name}.npy", matrix, cancellationToken);
    }

    private async Task<FeatureSet> ReadAsync(string name, DateTime asOf, CancellationToken cancellationToken)
    {
        await using var matrix = await _features.OpenReadAsync($"{name}.npy", null, cancellationToken);
        await using var keys = await _features.OpenReadAsync($"{name}.keys.txt", null, cancellationToken);
        await using var countries = await _features.OpenReadAsync($"{name}.countries.txt", null, cancellationToken);
        return await FeatureFile.ReadAsync($"features/{name}.npy", asOf, matrix, keys, countries, cancellationToken);
    }

    private static string Name(string run, int partition) => string.Create(CultureInfo.InvariantCulture, $"{run}/p={partition:000}");

    private static string LookName(string run, int partition, int look) =>
        string.Create(CultureInfo.InvariantCulture, $"{run}/look-{look + 1}/p={partition:000}");

    private static string ItemsName(string run, int partition, ItemLevel level) =>
        string.Create(CultureInfo.InvariantCulture, $"{run}/{(level == ItemLevel.Product ? "products" : "categories")}/p={partition:000}.bin");

    private static string OrderDaysName(string run, int partition, bool isToday) =>
        string.Create(CultureInfo.InvariantCulture, $"{run}/{(isToday ? "order-days" : "order-days-before")}/p={partition:000}.npy");

    private static string EndedName(string run, int partition) => string.Create(CultureInfo.InvariantCulture, $"{run}/contracts-ended/p={partition:000}.csv");

    private static string ContactsName(string run, int partition) => string.Create(CultureInfo.InvariantCulture, $"{run}/contacts/p={partition:000}.json");

    private static string SampleName(string run, int origin, int partition) =>
        string.Create(CultureInfo.InvariantCulture, $"{run}/churn-origin-{origin + 1}/p={partition:000}.npy");
}
