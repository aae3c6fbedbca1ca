using System.Text.Json;
using SegFunctions.App.Refresh;
using SegFunctions.Customers.Identity.Store;

namespace SegFunctions.App.Identity;

/// <summary>Who is one in a run: decided once, and read by all its steps.</summary>
internal sealed class RunIdentities(FeatureStore features)
{
    private const string RoutesFile = "identities.csv";
    private const string ReportFile = "identities.json";

    /// <summary>The routes of a run; nobody stands for another where it resolved none.</summary>
    public async Task<IdentityRoutes> RoutesAsync(string run, CancellationToken cancellationToken) =>
        await features.FindFileAsync(run, RoutesFile, cancellationToken) is { } csv ? IdentityRoutes.Read(csv) : IdentityRoutes.None;

    /// <summary>Writes the routes, unless the run has some: a step that is repeated late must not send customers elsewhere.</summary>
    public Task DecideAsync(string run, IdentityRoutes routes, CancellationToken cancellationToken) =>
        features.WriteFileOnceAsync(run, RoutesFile, routes.Write(), cancellationToken);

    /// <summary>What resolving came to; null before it is done.</summary>
    public async Task<IdentityReport?> FindReportAsync(string run, CancellationToken cancellationToken) =>
        await features.FindFileAsync(run, ReportFile, cancellationToken) is { } json ? JsonSerializer.Deserialize(json, AppJson.Default.IdentityReport) : null;

    public Task WriteReportAsync(string run, IdentityReport report, CancellationToken cancellationToken) =>
        features.WriteFileOnceAsync(run, ReportFile, JsonSerializer.SerializeToUtf8Bytes(report, AppJson.Default.IdentityReport), cancellationToken);
}
