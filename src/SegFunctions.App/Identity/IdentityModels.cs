using SegFunctions.Customers.Identity;
using SegFunctions.Customers.Identity.Store;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App.Identity;

/// <summary>What was learned of how records of one person, and of one company, agree, and which pairs were found: sealed in the vault, though it holds hashes and no value.</summary>
/// <remarks>Pairs name records by their place. With an erased person they are deleted like the models, and all records are compared again.</remarks>
internal sealed class IdentityModels(Vault vault)
{
    /// <summary>Where they lie in the vault.</summary>
    public const string Folder = "identity/";

    private const string People = Folder + "people";
    private const string Companies = Folder + "companies";
    private const string OfModel = ".model";
    private const string OfPairs = ".pairs";

    public async Task<(LearnedIdentity? People, LearnedIdentity? Companies)> FindAsync(CancellationToken cancellationToken) =>
        (await FindAsync(People, cancellationToken), await FindAsync(Companies, cancellationToken));

    public async Task SaveAsync(LearnedIdentity? people, LearnedIdentity? companies, CancellationToken cancellationToken)
    {
        await SaveAsync(People, people, cancellationToken);
        await SaveAsync(Companies, companies, cancellationToken);
    }

    /// <summary>Forgets them; the next run learns anew.</summary>
    /// <returns>Those there were, with their versions.</returns>
    public async Task<IReadOnlyList<(string Name, string Version)>> DeleteAsync(CancellationToken cancellationToken)
    {
        var deleted = new List<(string, string)>();
        await foreach (var blob in vault.ListAsync(Folder, cancellationToken))
        {
            if (await vault.DeleteAsync(blob.Name, null, cancellationToken))
                deleted.Add((blob.Name, blob.ETag.ToString()));
        }

        return deleted;
    }

    private async Task<LearnedIdentity?> FindAsync(string name, CancellationToken cancellationToken) =>
        await FindAsync(name + OfModel, IdentityModel.Load, cancellationToken) is { } model
            ? new LearnedIdentity(model, await FindAsync(name + OfPairs, ComparedPairs.Load, cancellationToken))
            : null;

    private async Task<T?> FindAsync<T>(string name, Func<Stream, T> load, CancellationToken cancellationToken)
        where T : class
    {
        if (await vault.FindAsync(name, cancellationToken) is not { } found)
            return null;
        try
        {
            return load(new MemoryStream(found.Content));
        }
        catch (InvalidDataException)
        {
            // An older program wrote it, or a newer one: it is made anew.
            return null;
        }
    }

    // Pairs name the model they were found by: those of another one, after a crash in between, are not used.
    private async Task SaveAsync(string name, LearnedIdentity? learned, CancellationToken cancellationToken)
    {
        if (learned is null)
            return;
        await SaveAsync(name + OfModel, learned.Model.Save, cancellationToken);
        if (learned.Pairs is { } pairs)
            await SaveAsync(name + OfPairs, pairs.Save, cancellationToken);
    }

    private async Task SaveAsync(string name, Action<Stream> save, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        save(content);
        await vault.WriteAsync(name, content.GetBuffer().AsMemory(0, (int)content.Length), null, cancellationToken);
    }
}
