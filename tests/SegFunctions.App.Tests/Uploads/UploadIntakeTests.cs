using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Refresh;
using SegFunctions.App.Tests.Support;
using SegFunctions.App.Uploads;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Blobs.Lake;
using SegFunctions.Storage.Tables;

namespace SegFunctions.App.Tests.Uploads;

/// <summary>Files that are dropped, twice, in pieces, wrong, and while processes die.</summary>
public sealed class UploadIntakeTests
{
    private static readonly DateTime May = new(2025, 5, 5, 10, 0, 0, DateTimeKind.Utc);
    private static readonly string Three =
        SomeOrders.Header + SomeOrders.Line("A1", May, "C1") + SomeOrders.Line("A2", May, "C2") + SomeOrders.Line("A3", May, "C3");

    [Theory]
    [InlineData("orders/shop.csv")]
    [InlineData("orders/other-name.csv")]
    public async Task Same_file_again_changes_nothing(string again)
    {
        await using var app = await ServedApp.StartAsync();
        var first = await app.TakeInAsync("orders/shop.csv", Three);
        Assert.Equal((UploadStatus.Accepted, 3L), (first.Status, first.Rows!.Accepted));
        var before = await LakeAsync(app);
        app.Time.Advance(TimeSpan.FromMinutes(1));

        var second = await app.TakeInAsync(again, Three);

        Assert.Equal((UploadStatus.Repeated, first.Id), (second.Status, second.RepeatOf));
        Assert.Equal(before, await LakeAsync(app));
    }

    [Fact]
    public async Task Same_order_in_two_files_counts_once()
    {
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("orders/a.csv", Three);
        app.Time.Advance(TimeSpan.FromMinutes(1));

        var second = await app.TakeInAsync("orders/b.csv", Three + SomeOrders.Line("A4", May, "C4"));

        Assert.Equal((4L, 1L, 3L), (second.Rows!.Read, second.Rows.Accepted, second.Rows.Duplicates));
        Assert.Equal(4, (await app.RunAsync()).GetProperty("orderLines").GetInt64());
    }

    [Fact]
    public async Task Upload_that_arrives_twice_is_counted_once()
    {
        await using var app = await ServedApp.StartAsync();
        var blob = await app.DropAsync("orders/a.csv", Three);
        await app.AnnounceAsync(blob);
        await app.PumpAsync();
        await app.AnnounceAsync(blob);
        await app.PumpAsync();

        Assert.Equal(UploadStatus.Accepted, (await app.UploadAsync(blob)).Status);
        Assert.Equal(3, Assert.Single(await app.Services.GetRequiredService<Lake>().ListAsync("orders", default)).Rows);
    }

    [Fact]
    public async Task File_that_is_replaced_while_it_is_read_is_superseded_and_the_new_one_is_taken_in()
    {
        ServedApp? app = null;
        BlobEntry? second = null;
        var opened = 0;
        await using (app = await ServedApp.StartAsync(watch: async call =>
        {
            if (call is { Resource: "uploads", Operation: "open", IsDone: false } && opened++ == 0)
                second = await app!.DropAsync("orders/a.csv", Three + SomeOrders.Line("A4", May, "C4"));
        }))
        {
            var first = await app.DropAsync("orders/a.csv", Three);
            await app.PumpAsync();

            var old = await app.UploadAsync(first);
            Assert.Equal(UploadStatus.Superseded, old.Status);
            Assert.Contains("was replaced", old.Error, StringComparison.Ordinal);
            Assert.Equal((UploadStatus.Accepted, 4L), ((await app.UploadAsync(second!)).Status, (await app.UploadAsync(second!)).Rows!.Accepted));
        }
    }

    [Fact]
    public async Task Version_that_was_being_read_when_the_process_died_and_is_gone_now_is_superseded()
    {
        var cut = new CutOff();
        await using var app = await ServedApp.StartAsync(watch: cut.WatchAsync);
        var first = await app.DropAsync("orders/a.csv", Three);
        cut.Arm(3);
        await app.PumpAsync(stopAfter: 1);
        Assert.True(cut.HasFired);
        Assert.Equal(UploadStatus.Reading, (await app.UploadAsync(first)).Status);

        app.Time.Advance(TimeSpan.FromSeconds(30));
        var second = await app.DropAsync("orders/a.csv", Three + SomeOrders.Line("A4", May, "C4"));
        await app.PumpAsync();

        Assert.Equal(UploadStatus.Superseded, (await app.UploadAsync(first)).Status);
        Assert.Equal(UploadStatus.Accepted, (await app.UploadAsync(second)).Status);
    }

    [Fact]
    public async Task Mapping_that_arrives_after_its_file_lets_the_file_be_read()
    {
        await using var app = await ServedApp.StartAsync();
        var blob = await app.DropAsync("drop/a.txt", "x1;2025-05-05;17;9,50\nx2;2025-05-06;18;7,00\n");
        await app.PumpAsync();
        var failed = await app.UploadAsync(blob);
        Assert.Equal(UploadStatus.Failed, failed.Status);
        Assert.Contains("a.txt", failed.Error, StringComparison.Ordinal);

        await app.DropAsync("drop/a.txt.mapping.json", """
            { "dataset": "orders", "delimiter": ";", "header": false, "columns": { "1": "orderId", "2": "timestamp", "3": "customerId", "4": "amount" } }
            """);
        await app.PumpAsync();

        Assert.Equal((UploadStatus.Accepted, 2L), ((await app.UploadAsync(blob)).Status, (await app.UploadAsync(blob)).Rows!.Accepted));
    }

    [Fact]
    public async Task Message_that_comes_back_after_any_crash_leads_to_the_same_end()
    {
        var customers = "customer_id,email,country\n" + string.Concat(Enumerable.Range(0, 5).Select(number => $"C{number},c{number}@example.org,France\n")) + ",nobody@example.org,Spain\n";
        var (undisturbed, moments) = await EndAsync(customers, crashAt: int.MaxValue);
        Assert.True(moments > 12, $"only {moments} moments");
        for (var moment = 1; moment <= moments; moment++)
            Assert.Equal(undisturbed, (await EndAsync(customers, moment)).End);

        static async Task<(string End, int Moments)> EndAsync(string content, int crashAt)
        {
            var cut = new CutOff();
            await using var app = await ServedApp.StartAsync(new RefreshOptions(), cut.WatchAsync);
            var blob = await app.DropAsync("customers/a.csv", content);
            cut.Arm(crashAt);
            await app.PumpAsync();
            var moments = cut.Seen;
            cut.Disarm();
            await app.PumpAsync();
            var upload = await app.UploadAsync(blob);
            var manifest = Assert.Single(await app.Services.GetRequiredService<Lake>().ListAsync("customers", default));
            var report = await app.Services.GetRequiredService<UploadArtifacts>().FindReportAsync(upload.Id, default);
            var asked = await app.Storage.Queues.GetQueue(RefreshAfterUpload.QueueName).CountAsync(default);
            return ($"{upload.Status} {upload.Rows} {manifest.Rows} {report!.Rows} refresh asked for: {asked > 0}", moments);
        }
    }

    public static TheoryData<string, byte[], string> Unusable => new()
    {
        { "orders/empty.csv", [], "empty" },
        { "orders/binary.csv", [.. Enumerable.Range(0, 4096).Select(i => (byte)((i * 7919) >> 3))], "" },
        { "orders/header.csv", Encoding.UTF8.GetBytes(SomeOrders.Header), "no rows" },
        { "orders/one-column.csv", "number\n1\n2\n"u8.ToArray(), "" },
        { "nonsense/what.csv", "alpha,beta\n1,2\n"u8.ToArray(), "dataset" },
        { "orders/cut.csv.gz", Gzip(SomeOrders.Csv(20))[..400], "" },
        { "orders/none-right.csv", Encoding.UTF8.GetBytes(SomeOrders.Header + SomeOrders.Line("A1", May, "")), "None of the 1 rows" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task File_that_cannot_be_used_fails_with_a_clear_error_and_stays_as_it_is(string name, byte[] content, string expected)
    {
        await using var app = await ServedApp.StartAsync();
        var blob = await app.DropAsync(name, content);
        Assert.Equal(0, await app.PumpAsync());

        var upload = await app.UploadAsync(blob);
        Assert.Equal(UploadStatus.Failed, upload.Status);
        Assert.Contains(name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..], upload.Error, StringComparison.Ordinal);
        Assert.Contains(expected, upload.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Exception", upload.Error, StringComparison.Ordinal);
        Assert.Equal(content, (await app.Uploads.FindContentAsync(name, default))!.Value.Content);
        Assert.Empty(await app.Services.GetRequiredService<Lake>().ListAsync("orders", default));
    }

    [Fact]
    public async Task Line_of_two_megabytes_is_refused_and_the_rest_is_taken()
    {
        await using var app = await ServedApp.StartAsync();
        var upload = await app.TakeInAsync("orders/long.csv", Three + SomeOrders.Line("A4", May, new string('x', 2 << 20)));

        Assert.Equal((UploadStatus.Accepted, 3L, 1L), (upload.Status, upload.Rows!.Accepted, upload.Rows.Refused));
    }

    [Fact]
    public async Task Last_try_marks_the_upload_and_the_message_goes_to_poison()
    {
        await using var app = await ServedApp.StartAsync(watch: call => call is { Resource: "lake", IsWrite: true }
            ? throw new IOException("the disk of the test is full")
            : Task.CompletedTask);
        var blob = await app.DropAsync("orders/a.csv", Three);

        Assert.Equal(1, await app.PumpAsync());

        var upload = await app.UploadAsync(blob);
        Assert.Equal(UploadStatus.Failed, upload.Status);
        Assert.Contains("after several tries", upload.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identifiers_stand_in_uploads_vault_and_quarantine_and_nowhere_else()
    {
        const string token = "zqxjkvtoken";
        await using var app = await ServedApp.StartAsync();
        await app.TakeInAsync("customers/people.csv",
            $"customer_id,first_name,last_name,email,phone,country\n{token}1,{token}Ann,{token}Lee,{token}@example.org,+33 6 12 34 56 78,France\n" +
            $"{token}2,{token}Bob,{token}Ray,{token}2@example.org,+33 6 12 34 56 79,France\n,{token}Eve,{token}Doe,{token}3@example.org,,France\n");
        await app.TakeInAsync("orders/shop.csv", SomeOrders.Csv(6) + SomeOrders.Line("A1", May, $"{token}1") + SomeOrders.Line("A2", May, $"{token}2") +
            "A3,not-a-date," + token + "2,SKU1,1,10.00,France\n");
        Assert.Equal("completed", (await app.RunAsync()).GetProperty("status").GetString());
        using (await app.Client.GetAsync($"/api/v1/customers/{token}1/memberships"))
        using (await app.PostAsync("/api/v1/memberships/lookup", new { ids = new[] { token + "1", token + "9" } }))
        {
        }

        var found = new List<string>();
        foreach (var container in new[] { "uploads", "lake", "vault", "quarantine", "reports", "features", "models", "orchestration", "orchestrations", "claims" })
        {
            var blobs = app.Storage.Blobs.GetContainer(container);
            await foreach (var blob in blobs.ListAsync("", default))
            {
                var content = (await blobs.FindContentAsync(blob.Name, default))!.Value.Content;
                if (Holds(content) || Holds(Unzipped(content)))
                    found.Add(container);
            }
        }

        Assert.Equal(["quarantine", "uploads"], found.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        var rows = 0;
        await foreach (var table in app.Storage.Tables.QueryAsync())
        {
            await foreach (var row in app.Storage.Tables.GetTableClient(table.Name).QueryAsync<TableEntity>())
            {
                rows++;
                foreach (var (column, value) in row)
                    Assert.False(value is byte[] bytes ? Holds(bytes) || Holds(Unzipped(bytes)) : $"{value}".Contains(token, StringComparison.Ordinal), $"{table.Name}.{column}");
            }
        }

        Assert.True(rows > 10);
        Assert.NotEmpty(app.Log);
        Assert.DoesNotContain(app.Log, line => line.Contains(token, StringComparison.Ordinal));

        static bool Holds(byte[] content) => content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(token)) >= 0;
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    /// <summary>What a gzip holds; nothing where it is none.</summary>
    private static byte[] Unzipped(byte[] content)
    {
        if (content is not [0x1f, 0x8b, ..])
            return [];
        using var plain = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    private static async Task<List<string>> LakeAsync(ServedApp app)
    {
        var names = new List<string>();
        foreach (var container in new[] { "lake", "vault" })
        {
            await foreach (var blob in app.Storage.Blobs.GetContainer(container).ListAsync("", default))
                names.Add($"{blob.Name} {blob.ETag}");
        }

        return names;
    }
}
