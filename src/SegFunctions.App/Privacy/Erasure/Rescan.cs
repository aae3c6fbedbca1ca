using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using SegFunctions.App.Privacy.Consents;
using SegFunctions.App.Privacy.Erasure.Steps;
using SegFunctions.Customers.Privacy;
using SegFunctions.Customers.Privacy.Erasure;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Blobs.Vault;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Privacy.Erasure;

/// <summary>Searches every store for what is left of a person, and proves that it is nothing.</summary>
/// <remarks>
/// Packed content is unpacked and sealed content is opened first. Everywhere the customer key is looked for; where rows lie as they were sent, the
/// person's ids and traces too, and in the texts of the lake the naming of the person (<see cref="PersonMentions"/>). An address of e-mail alone, in sealed identifiers, is no finding: it may be another customer's as well.
/// </remarks>
internal sealed class Rescan(StorageAccount storage, Lake lake, Vault vault, RawFiles files, ConsentTable consents, QueuesStep queues)
{
    private const int BlockLength = 1 << 16;

    public async Task<RescanReceipt> FindAsync(Person person, CancellationToken cancellationToken)
    {
        var search = new Search(person);
        // What replaces a part after its turn was made from what has been read.
        await SearchLakeRowsAsync(search, cancellationToken);
        foreach (var place in StoredPlaces.Containers)
            await SearchAsync(place.Name, search, cancellationToken);
        foreach (var place in StoredPlaces.Tables)
            await SearchTableAsync(place.Name, search, cancellationToken);
        if (await consents.CountAsync(person.Traces.Mentions, cancellationToken) > 0)
            search.Found.Add("table Consents");
        foreach (var name in QueuesStep.Names)
        {
            var queue = storage.Queues.GetQueue(name);
            search.Messages += (await queue.PeekAsync(cancellationToken)).Count;
            if (await queues.IsNamedInAsync(queue, person, cancellationToken))
                search.Found.Add($"queue {name}");
        }

        return new RescanReceipt(search.Blobs, search.Rows, search.Messages, [.. search.Found]);
    }

    private async Task SearchAsync(string containerName, Search search, CancellationToken cancellationToken)
    {
        var container = storage.Blobs.GetContainer(containerName);
        await foreach (var blob in container.ListAsync("", cancellationToken))
        {
            if (containerName == Vault.ContainerName && blob.Name.StartsWith(ErasureCases.Folder, StringComparison.Ordinal))
                continue;
            try
            {
                search.Blobs++;
                var isFound = search.Person.HoldsKey(System.Text.Encoding.UTF8.GetBytes(blob.Name)) || containerName switch
                {
                    "uploads" => await files.HoldsAsync(blob, search.Person.AsErased(), search.Person.Traces, cancellationToken),
                    "quarantine" => await IsInQuarantineAsync(container, blob, search.Person, cancellationToken),
                    "reports" => await IsInReportAsync(container, blob, search.Person, cancellationToken),
                    Vault.ContainerName => await HoldsAsync(await vault.OpenReadAsync(blob.Name, blob.ETag, cancellationToken), search.Person, cancellationToken),
                    Lake.ContainerName when search.ReadParts.Contains(blob.Name) => await HoldsAsync(await container.OpenReadAsync(blob.Name, blob.ETag, cancellationToken), search.Person, cancellationToken),
                    _ => await HoldsPackedAsync(container, blob, search.Person, cancellationToken),
                };
                if (isFound)
                    search.Found.Add($"blob {containerName}/{blob.Name}");
            }
            catch (Exception gone) when (gone is BlobMissingException or BlobChangedException)
            {
                // Deleted or replaced meanwhile: who writes now knows the tombstone.
            }
        }
    }

    /// <summary>Looks for the keys in all rows of the lake, and for the naming of the person in those of others, cell by cell; each part is unpacked once for both.</summary>
    private async Task SearchLakeRowsAsync(Search search, CancellationToken cancellationToken)
    {
        var person = search.Person;
        await foreach (var part in lake.PartsAsync(cancellationToken))
        {
            var masking = new RowMasking(part.Dataset, person.Traces.Mentions);
            var watch = new KeyWatch(await part.OpenAsync(cancellationToken), person);
            if (await CanonicalRows.AnyAsync(watch, row => watch.HasSeen || masking.IsNeeded(row), cancellationToken) || watch.HasSeen)
                search.Found.Add($"blob {Lake.ContainerName}/{part.Blob}");
            search.ReadParts.Add(part.Blob);
        }
    }

    private static async Task<bool> IsInQuarantineAsync(BlobContainer container, BlobEntry blob, Person person, CancellationToken cancellationToken)
    {
        if (blob.Name.EndsWith(".csv", StringComparison.Ordinal)
            && await CanonicalRows.AnyAsync(await container.OpenReadAsync(blob.Name, blob.ETag, cancellationToken), QuarantineStep.Names(person), cancellationToken))
        {
            return true;
        }

        return await HoldsAsync(await container.OpenReadAsync(blob.Name, blob.ETag, cancellationToken), person, cancellationToken);
    }

    private static async Task<bool> IsInReportAsync(BlobContainer container, BlobEntry blob, Person person, CancellationToken cancellationToken)
    {
        if (await container.FindContentAsync(blob.Name, cancellationToken) is not { } found)
            return false;
        if (person.HoldsKey(found.Content))
            return true;
        try
        {
            return person.Traces.RemoveFrom(JsonNode.Parse(found.Content)) > 0;
        }
        catch (JsonException)
        {
            return person.IsNamedIn(found.Content);
        }
    }

    /// <summary>Reads a blob as it is, and unpacked where it is packed: the lake's codecs by the blob's name, Brotli by trying.</summary>
    private static async Task<bool> HoldsPackedAsync(BlobContainer container, BlobEntry blob, Person person, CancellationToken cancellationToken)
    {
        if (await HoldsAsync(await container.OpenReadAsync(blob.Name, blob.ETag, cancellationToken), person, cancellationToken))
            return true;
        if (container.Name == Lake.ContainerName)
            return await HoldsAsync(LakeCodec.Unpacked(blob.Name, await container.OpenReadAsync(blob.Name, blob.ETag, cancellationToken)), person, cancellationToken);
        if (blob.Name.EndsWith(".gz", StringComparison.Ordinal))
            return await HoldsAsync(new GZipStream(await container.OpenReadAsync(blob.Name, blob.ETag, cancellationToken), CompressionMode.Decompress), person, cancellationToken);
        if (container.Name != "orchestrations")
            return false;
        return await container.FindContentAsync(blob.Name, cancellationToken) is { } found && HoldsUnpacked(found.Content, person);
    }

    private static bool HoldsUnpacked(byte[] content, Person person)
    {
        try
        {
            using var packed = new BrotliStream(new MemoryStream(content), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            packed.CopyTo(plain);
            return person.HoldsKey(plain.GetBuffer().AsSpan(0, (int)plain.Length));
        }
        catch (Exception notPacked) when (notPacked is InvalidDataException or InvalidOperationException)
        {
            // It was searched as it is.
            return false;
        }
    }

    private static async Task<bool> HoldsAsync(Stream content, Person person, CancellationToken cancellationToken)
    {
        await using var watch = new KeyWatch(content, person);
        var block = new byte[BlockLength];
        while (!watch.HasSeen && await watch.ReadAsync(block, cancellationToken) > 0)
        {
            // The watch looks at it.
        }

        return watch.HasSeen;
    }

    private async Task SearchTableAsync(string name, Search search, CancellationToken cancellationToken)
    {
        var table = storage.Tables.GetTableClient(name);
        await table.CreateIfNotExistsAsync(cancellationToken);
        // What is said of others there may name the person: a product made for them. Figures are no telephone numbers.
        var mentions = name == "Memberships" ? search.Person.Traces.Mentions : null;
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: cancellationToken))
        {
            search.Rows++;
            if (HoldsText(row.PartitionKey) || HoldsText(row.RowKey) || row.Values.Any(Holds))
                search.Found.Add($"table {name}");
        }

        bool Holds(object? value) => value switch
        {
            string text => HoldsText(text),
            byte[] bytes => search.Person.HoldsKey(bytes) || HoldsUnpacked(bytes, search.Person),
            BinaryData data => search.Person.HoldsKey(data.ToMemory().Span) || HoldsUnpacked(data.ToArray(), search.Person),
            _ => false,
        };

        bool HoldsText(string text) => text.Length >= Customers.CustomerKey.TextLength && IsIn(System.Text.Encoding.UTF8.GetBytes(text));

        bool IsIn(byte[] text) => search.Person.HoldsKey(text) || mentions?.FirstIn(text) is not null;
    }

    private sealed class Search(Person person)
    {
        public Person Person => person;

        public long Blobs { get; set; }

        public long Rows { get; set; }

        public long Messages { get; set; }

        /// <summary>Parts of the lake whose rows were read.</summary>
        public HashSet<string> ReadParts { get; } = new(StringComparer.Ordinal);

        public SortedSet<string> Found { get; } = new(StringComparer.Ordinal);
    }
}
