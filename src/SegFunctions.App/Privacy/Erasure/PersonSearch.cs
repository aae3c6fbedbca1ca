using SegFunctions.App.Privacy.Erasure.Steps;
using SegFunctions.App.Uploads;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Privacy;
using SegFunctions.Customers.Privacy.Erasure;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App.Privacy.Erasure;

/// <summary>Finds out who a person is before the stores that tell it are cleared: linked keys, visitors, traces, uploads.</summary>
/// <remarks>What it has read and found clear of the person is noted (<see cref="ClearBlobs"/>), so that a second look, and the steps after it, read the rest alone.</remarks>
internal sealed class PersonSearch(StorageAccount storage, Lake lake, Vault vault, RawFiles files, IdentityLinks links, PersonVisitors visitors)
{
    /// <summary>Other customers whose rows may hold a name before it counts as the name of a thing.</summary>
    private const int MostBearers = 20;

    /// <summary>Completes what is known of a person, until nothing new turns up.</summary>
    public async Task CompleteAsync(Person person, CancellationToken cancellationToken)
    {
        int known;
        do
        {
            await FindKeysAsync(person, cancellationToken);
            await visitors.ShareAsync(person, cancellationToken);
            await ReadIdentifiersAsync(person, cancellationToken);
            await ReadLakeAsync(person, cancellationToken);
            known = person.Keys.Count;
            await ReadFilesAsync(person, cancellationToken);
        }
        while (person.Keys.Count > known);
        await ReadQuarantineAsync(person, cancellationToken);
    }

    private async Task FindKeysAsync(Person person, CancellationToken cancellationToken)
    {
        var known = 0;
        while (person.Keys.Count > known)
        {
            known = person.Keys.Count;
            await links.CompleteAsync(person.Keys, cancellationToken);
            await visitors.FindAsync(person, cancellationToken);
        }
    }

    private async Task ReadIdentifiersAsync(Person person, CancellationToken cancellationToken)
    {
        await foreach (var (_, part) in vault.PartsAsync(person.Keys, cancellationToken))
        {
            await CanonicalRows.EachAsync(
                await vault.OpenReadAsync(part.Name, part.ETag, cancellationToken),
                row =>
                {
                    if (!CustomerKey.TryParse(row.RawField(0), out var key) || !person.Keys.Contains(key))
                        return;
                    person.Traces.Add(row);
                    person.Uploads.Add(VaultParts.UploadOf(part));
                },
                cancellationToken);
        }
    }

    /// <summary>
    /// Reads the lake: which uploads hold rows of the person, and where others name them. A name that stands in rows of many others is that of a brand, a star or half
    /// a town: there it does not tell of this person.
    /// </summary>
    private async Task ReadLakeAsync(Person person, CancellationToken cancellationToken)
    {
        var bearers = new NameBearers(person, MostBearers);
        await foreach (var part in lake.PartsAsync(cancellationToken))
        {
            // What is clear names nobody either.
            if (person.FindClear(part.Blob) is not null)
                continue;
            var search = new PartSearch(person, part, bearers);
            await part.EachAsync(search.Read, cancellationToken);
            if (search.HoldsRows)
                person.Uploads.Add(part.Upload.UploadId);
            if (search.IsClear)
                person.AddClear(part.Blob, search.Moments);
        }

        foreach (var name in bearers.CommonNames)
            person.Traces.AddCommon(name);
    }

    /// <summary>
    /// Looks through the files as they were sent: which of them tell of the person, and which browsers and devices the person has used. What those did before
    /// the person was known is the person's.
    /// </summary>
    private async Task ReadFilesAsync(Person person, CancellationToken cancellationToken)
    {
        var erased = person.AsErasedWithVisitors();
        var found = new HashSet<CustomerKey>();
        await foreach (var file in files.ListAsync(cancellationToken))
        {
            if (person.FindClear(RawFiles.VersionOf(file)) is not null || await files.FindAsync(file, erased, cancellationToken) is not { } rows)
                continue;
            if (rows.Count == 0)
            {
                person.AddClear(RawFiles.VersionOf(file), new MomentSpan());
                continue;
            }

            person.Uploads.Add(UploadId.Of(file));
            found.UnionWith(rows.Visitors);
        }

        person.Keys.UnionWith(found.Where(visitor => !person.SharedVisitors.Contains(visitor)));
    }

    private async Task ReadQuarantineAsync(Person person, CancellationToken cancellationToken)
    {
        var quarantine = storage.Blobs.GetContainer("quarantine");
        var names = QuarantineStep.Names(person);
        await foreach (var blob in quarantine.ListAsync("", cancellationToken))
        {
            if (blob.Name.EndsWith(".csv", StringComparison.Ordinal)
                && await CanonicalRows.AnyAsync(await quarantine.OpenReadAsync(blob.Name, blob.ETag, cancellationToken), names, cancellationToken))
                person.Uploads.Add(blob.Name[..^".csv".Length]);
        }
    }

    /// <summary>What the rows of one part tell of the person.</summary>
    private sealed class PartSearch(Person person, StoredPart part, NameBearers bearers)
    {
        private readonly RowMasking _masking = new(part.Dataset, person.Traces.Mentions);
        private readonly bool _mayHold = person.MayLieIn(part);
        private int? _visitors;

        public bool HoldsRows { get; private set; }

        public bool IsClear { get; private set; } = true;

        public MomentSpan Moments { get; } = new();

        public void Read(CanonicalReader row)
        {
            Moments.Add(row);
            if (_mayHold && person.Owns(row))
            {
                HoldsRows = true;
                IsClear = false;
            }
            else if (_masking.IsNeeded(row))
            {
                IsClear = false;
                bearers.Add(row, _masking);
            }
            else if (IsClear)
            {
                // Who else uses a browser of the person's is asked again by the second look.
                var column = _visitors ??= row.Column("anonymous");
                IsClear = column < 0 || !CustomerKey.TryParse(row.RawField(column), out var visitor) || !person.Owns(visitor);
            }
        }
    }

    /// <summary>The other customers in whose rows the person's names stand.</summary>
    private sealed class NameBearers(Person person, int most)
    {
        private readonly Dictionary<string, HashSet<CustomerKey>> _bearers = new(StringComparer.Ordinal);

        /// <summary>Names with more of them than a person's has.</summary>
        public IEnumerable<string> CommonNames => _bearers.Where(one => one.Value.Count > most).Select(one => one.Key);

        public void Add(CanonicalReader row, RowMasking masking)
        {
            if (masking.PhraseIn(row) is not { } phrase || !person.Traces.IsName(phrase) || !CustomerKey.TryParse(row.RawField(0), out var customer))
                return;
            if (!_bearers.TryGetValue(phrase, out var found))
                _bearers[phrase] = found = [];
            if (found.Count <= most)
                found.Add(customer);
        }
    }
}
