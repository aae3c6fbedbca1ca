using System.Text.Json;
using SegFunctions.Customers;
using SegFunctions.Customers.Privacy.Erasure;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App.Privacy.Erasure;

/// <summary>What an erasure must know of its person, sealed in the vault while it works: the stores that tell are cleared on the way.</summary>
internal sealed class ErasureCases(Vault vault, CustomerKeyDerivation derivation)
{
    /// <summary>Folder of the cases in the vault.</summary>
    public const string Folder = "erasures/";

    public async Task<Person?> FindAsync(string id, CancellationToken cancellationToken) =>
        await vault.FindAsync(Folder + id, cancellationToken) is { } found ? Read(found.Content) : null;

    public async Task<Person> ReadAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ?? throw new BlobMissingException(Vault.ContainerName, Folder + id);

    public Person New() => new(derivation);

    /// <summary>Adds what was found out of a person to what is known; a repeated step never knows less than the first.</summary>
    public async Task SaveAsync(string id, Person person, CancellationToken cancellationToken)
    {
        while (true)
        {
            var standing = await vault.FindAsync(Folder + id, cancellationToken);
            if (standing is { } known)
                Merge(Read(known.Content), person);
            var options = standing is null ? new BlobWriteOptions { OnlyIfMissing = true } : new BlobWriteOptions { IfMatch = standing.Value.ETag };
            try
            {
                await vault.WriteAsync(Folder + id, Write(person), options, cancellationToken);
                return;
            }
            catch (BlobChangedException)
            {
                // Another try of the same step: what it found is added.
            }
        }
    }

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => vault.DeleteAsync(Folder + id, null, cancellationToken);

    /// <summary>Ids of erasures that are under way.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var open = new List<string>();
        await foreach (var blob in vault.ListAsync(Folder, cancellationToken))
            open.Add(blob.Name[Folder.Length..]);
        return open;
    }

    private static void Merge(Person from, Person into)
    {
        into.Keys.UnionWith(from.Keys);
        into.SharedVisitors.UnionWith(from.SharedVisitors);
        into.Keys.ExceptWith(into.SharedVisitors);
        into.Uploads.UnionWith(from.Uploads);
        foreach (var text in from.Traces.Texts)
            into.Traces.Add(text);
        foreach (var name in from.Traces.CommonNames)
            into.Traces.AddCommon(name);
    }

    private static byte[] Write(Person person) => JsonSerializer.SerializeToUtf8Bytes(
        new SealedCase(
            Texts(person.Keys), Texts(person.SharedVisitors), [.. person.Traces.Texts], [.. person.Uploads.Order(StringComparer.Ordinal)],
            [.. person.Traces.CommonNames.Order(StringComparer.Ordinal)],
            person.Clear.Knowledge,
            [.. person.Clear.Versions.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => new SealedClearBlob(one.Key, one.Value.Earliest, one.Value.Latest))]),
        AppJson.Default.SealedCase);

    private Person Read(byte[] json)
    {
        var read = JsonSerializer.Deserialize(json, AppJson.Default.SealedCase) ?? throw new InvalidDataException("A sealed erasure holds null.");
        var person = New();
        person.Keys.UnionWith(Keys(read.Keys));
        person.SharedVisitors.UnionWith(Keys(read.SharedVisitors));
        foreach (var text in read.Traces)
            person.Traces.Add(text);
        foreach (var name in read.CommonNames ?? [])
            person.Traces.AddCommon(name);
        person.Uploads.UnionWith(read.Uploads);
        foreach (var clear in read.Clear ?? [])
            person.Clear.Add(read.ClearOf ?? "", clear.Version, new MomentSpan(clear.Earliest, clear.Latest));
        return person;
    }

    private static string[] Texts(IEnumerable<CustomerKey> keys) => [.. keys.Order().Select(key => key.ToString())];

    private static IEnumerable<CustomerKey> Keys(IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            if (CustomerKey.TryParse(text, out var key))
                yield return key;
        }
    }
}

/// <summary>A case as it is sealed.</summary>
internal sealed record SealedCase(
    IReadOnlyList<string> Keys, IReadOnlyList<string> SharedVisitors, IReadOnlyList<string> Traces, IReadOnlyList<string> Uploads, IReadOnlyList<string>? CommonNames = null,
    string? ClearOf = null, IReadOnlyList<SealedClearBlob>? Clear = null);

/// <summary>A version of a blob that is clear of the person.</summary>
internal sealed record SealedClearBlob(string Version, DateTime? Earliest, DateTime? Latest);
