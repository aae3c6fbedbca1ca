using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SegFunctions.App.Hosting;
using SegFunctions.App.Hosting.Registry;
using SegFunctions.App.Hosting.Uploads;
using SegFunctions.Storage;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Hosting.Publishing;

/// <summary>The folder that <c>dotnet publish</c> makes, started and driven as the Functions host does.</summary>
[Trait("Category", "Long")]
[Collection(AzuriteCollection.Name)]
public sealed class PublishedAppTests(AzuriteServer azurite)
{
    [Fact]
    public async Task Published_folder_is_a_function_app_that_answers_the_functions_host()
    {
        var folder = Directory.CreateTempSubdirectory("segfunctions-publish").FullName;
        try
        {
            var publish = await HostProcess.RunAsync("dotnet", ["publish", RepositoryFolder.Below("src", "SegFunctions.App"), "-c", "Release", "-o", folder, "-v", "q", "--nologo"], []);
            Assert.True(publish.ExitCode == 0, publish.Output + publish.Errors);

            Assert.True(File.Exists(Path.Combine(folder, "host.json")));
            Assert.True(File.Exists(Path.Combine(folder, "libcoreclr.so")), "the output is not self-contained");
            foreach (var function in FunctionRegistry.FromAssembly(typeof(FunctionRegistry).Assembly).Functions)
                WrittenFunction.AssertAgrees(function, Path.Combine(folder, function.Name, "function.json"));

            await DriveAsync(Path.Combine(folder, "segfunctions-host"));
            await UploadAsync(Path.Combine(folder, "segfunctions-host"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task DriveAsync(string executable)
    {
        var port = Some.FreePort();
        await using var app = HostProcess.Start(executable, [], HostProcess.UnderTheFunctionsHost(port));
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await app.AnswersAsync(client);

        var description = await client.GetFromJsonAsync<JsonElement>("/api/openapi.json");
        Assert.Equal("3.1.1", description.GetProperty("openapi").GetString());

        using var unknown = await client.PostAsJsonAsync("/Nobody", new { Data = new { }, Metadata = new { } });
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(JsonValueKind.Array, (await unknown.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("Logs").ValueKind);

        // Nobody but the Functions host ends a custom handler; should it happen, the code must ask for a restart.
        Assert.Equal(200, await app.TerminateAsync());
    }

    /// <summary>The same executable as the built-in host: it reads and writes storage, and is killed as roughly as can be.</summary>
    private async Task UploadAsync(string executable)
    {
        var storage = StorageAccount.Connect(azurite.ConnectionString);
        var uploads = storage.Blobs.GetContainer("uploads");
        await uploads.CreateIfNotExistsAsync(CancellationToken.None);
        var environment = HostProcess.UnderTheFunctionsHost(Some.FreePort());
        environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = null;
        environment["AzureWebJobsStorage"] = azurite.ConnectionString;
        environment["SegFunctions__ApiKey"] = Some.Key;
        environment["SegFunctions__Url"] = "http://127.0.0.1:0";
        var name = $"{Guid.NewGuid():N}.txt";
        await uploads.WriteAsync(name, "hello"u8.ToArray(), options: null, CancellationToken.None);

        await using var app = HostProcess.Start(executable, [], environment);

        // The receipt is a blob that the executable has written itself.
        var entry = await uploads.FindAsync(name, CancellationToken.None);
        var receipt = HostId.UploadReceipts + BlobCreatedEvent.Identify(entry!);
        var state = storage.Blobs.GetContainer(HostId.Container);
        var began = TimeProvider.System.GetTimestamp();
        while (await state.FindAsync(receipt, CancellationToken.None) is null)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Calls.Guard, $"no receipt was written: {app.Output}{app.Errors}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
