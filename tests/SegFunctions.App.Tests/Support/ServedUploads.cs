using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Uploads;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Tests.Support;

/// <summary>What became of uploads.</summary>
internal static class ServedUploads
{
    public static async Task<UploadRecord> FindUploadAsync(this ServedApp app, string id) => (await app.Services.GetRequiredService<UploadTable>().FindAsync(id, default))!;

    public static async Task<QualityReport> ReportAsync(this ServedApp app, string id) => (await app.Services.GetRequiredService<UploadArtifacts>().FindReportAsync(id, default))!;

    public static async Task<string> QuarantineAsync(this ServedApp app, string id)
    {
        using var reader = new StreamReader((await app.Services.GetRequiredService<UploadArtifacts>().OpenQuarantineAsync(id, default))!);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Every row of orders in the lake, in the order of the uploads.</summary>
    public static async Task<string> OrderRowsAsync(this ServedApp app)
    {
        var lake = app.Services.GetRequiredService<Lake>();
        var rows = new StringBuilder();
        foreach (var manifest in await lake.ListAsync("orders", default))
        {
            foreach (var part in manifest.Parts)
            {
                using var reader = new StreamReader(await lake.OpenPartAsync(manifest, part, default));
                rows.Append(await reader.ReadToEndAsync());
            }
        }

        return rows.ToString();
    }
}
