using SegFunctions.Customers.Identity;
using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.App.Identity;

/// <summary>What was learned of how records of one person, and of one company, agree: sealed in the vault, though it holds hashes and no value.</summary>
internal sealed class IdentityModels(Vault vault)
{
    /// <summary>Where they lie in the vault.</summary>
    public const string Folder = "identity/";

    private const string PeopleName = Folder + "people.model";
    private const string CompaniesName = Folder + "companies.model";

    public async Task<(IdentityModel? People, IdentityModel? Companies)> FindAsync(CancellationToken cancellationToken) =>
        (await FindAsync(PeopleName, cancellationToken), await FindAsync(CompaniesName, cancellationToken));

    public async Task SaveAsync(IdentityModel? people, IdentityModel? companies, CancellationToken cancellationToken)
    {
        await SaveAsync(PeopleName, people, cancellationToken);
        await SaveAsync(CompaniesName, companies, cancellationToken);
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

    private async Task<IdentityModel?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (await vault.FindAsync(name, cancellationToken) is not { } found)
            return null;
        try
        {
            return IdentityModel.Load(new MemoryStream(found.Content));
        }
        catch (InvalidDataException)
        {
            // An older program wrote it, or a newer one: it is learned anew.
            return null;
        }
    }

    private async Task SaveAsync(string name, IdentityModel? model, CancellationToken cancellationToken)
    {
        if (model is null)
            return;
        using var content = new MemoryStream();
        model.Save(content);
        await vault.WriteAsync(name, content.GetBuffer().AsMemory(0, (int)content.Length), null, cancellationToken);
    }
}
