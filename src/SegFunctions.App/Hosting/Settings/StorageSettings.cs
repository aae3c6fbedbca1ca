using Azure.Identity;
using SegFunctions.Storage;

namespace SegFunctions.App.Hosting.Settings;

/// <summary>The app's own storage account, by the settings of the Functions host.</summary>
/// <remarks>
/// <c>AzureWebJobsStorage</c> is a connection string; without it an identity is used with <c>AzureWebJobsStorage__accountName</c>,
/// or with <c>__blobServiceUri</c>, <c>__queueServiceUri</c> and <c>__tableServiceUri</c> together;
/// <c>AzureWebJobsStorage__clientId</c> names a user-assigned identity.
/// </remarks>
public static class StorageSettings
{
    private const string Name = "AzureWebJobsStorage";

    /// <summary>How to open the account; null when the settings have faults, which are added to <paramref name="faults"/>.</summary>
    /// <returns>A function that sends no request and may throw <see cref="StorageConnectionException"/> only.</returns>
    public static Func<StorageAccount>? Read(IConfiguration configuration, TimeProvider time, ICollection<string> faults)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(faults);
        if (AppSettings.Find(configuration, Name) is { } connection)
            return () => StorageAccount.Connect(connection, time);
        if (AppSettings.Find(configuration, $"{Name}__accountName") is { } account)
            return () => StorageAccount.Connect(account, Identity(configuration), time);

        var addresses = new List<Uri>(3);
        var missing = new List<string>();
        foreach (var service in new[] { "blob", "queue", "table" })
        {
            var setting = $"{Name}__{service}ServiceUri";
            if (AppSettings.Find(configuration, setting) is not { } text)
                missing.Add(setting);
            else if (Uri.TryCreate(text, UriKind.Absolute, out var address))
                addresses.Add(address);
            else
                faults.Add($"The app setting {setting} is '{text}'; it must be the service's address.");
        }

        if (addresses.Count == 3)
            return () => StorageAccount.Connect(addresses[0], addresses[1], addresses[2], Identity(configuration), time);
        if (missing.Count == 3)
            faults.Add($"The app setting {Name} is missing: a connection string of the storage account, or {Name}__accountName with an identity.");
        else if (missing.Count > 0)
            faults.Add($"The app setting {string.Join(" and ", missing)} is missing beside the other services' addresses.");
        return null;
    }

    private static Azure.Core.TokenCredential Identity(IConfiguration configuration)
    {
        var client = AppSettings.Find(configuration, $"{Name}__clientId");
        if (AppSettings.Find(configuration, $"{Name}__credential") == "managedidentity")
            return client is null ? new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned) : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(client));
        return new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = client });
    }
}
