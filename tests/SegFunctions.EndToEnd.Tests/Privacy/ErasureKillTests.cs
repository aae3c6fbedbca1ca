using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using SegFunctions.App.Memberships;
using SegFunctions.App.Privacy.Erasure;
using SegFunctions.App.Tests.Privacy.Planted;
using SegFunctions.App.Uploads;
using SegFunctions.Customers;
using SegFunctions.Customers.Privacy;
using SegFunctions.EndToEnd.Tests.Kills;
using SegFunctions.Orchestration;
using SegFunctions.Storage;
using SegFunctions.Storage.Blobs;
using SegFunctions.Storage.Blobs.Vault;
using SegFunctions.Testing;
using Xunit.Abstractions;

namespace SegFunctions.EndToEnd.Tests.Privacy;

/// <summary>A person is planted in every dataset of a real account, erased by the real process, and looked for in every byte.</summary>
public sealed class ErasureKillTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(25);

    [Fact]
    public Task Person_is_gone_from_a_real_account_and_stays_out() => RunAsync(mostKills: 2);

    /// <summary>The process dies by SIGKILL each time that the erasure has come a step further.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public Task Person_is_gone_when_the_process_dies_at_every_step() => RunAsync(mostKills: int.MaxValue);

    private async Task RunAsync(int mostKills)
    {
        var azurite = new AzuriteServer();
        await azurite.InitializeAsync();
        try
        {
            var account = new Account(azurite.ConnectionString);
            var told = new StringBuilder();
            await using (var host = Start(azurite, out _))
            {
                await DropAsync(account.Storage, "");
                await UntilAsync(host, () => account.IsAtRestAsync(PlantedPerson.Files("").Count, needsRun: true));
                Assert.NotEmpty(await account.FindAsync(sealedToo: true));
                // The vault's bytes, tables, lake and queues hold no word of the person in clear.
                Assert.DoesNotContain(
                    await account.FindAsync(sealedToo: false, "ZQXJ-id-7731", "zqxjgiven", "zqxjfamily", "zqxj.mail", "zqxjstreet"),
                    place => !place.StartsWith("uploads/", StringComparison.Ordinal) && !place.StartsWith("quarantine/", StringComparison.Ordinal));
                told.Append(host.Output).Append(host.Errors);
            }

            var kills = await EraseAsync(azurite, account, told, mostKills);
            Assert.Empty(await account.FindAsync(sealedToo: true));
            await using (var host = Start(azurite, out _))
            {
                await DropAsync(account.Storage, "");
                await UntilAsync(host, () => account.IsAtRestAsync(2 * PlantedPerson.Files("").Count, needsRun: false));
                await DropAsync(account.Storage, "\n");
                await UntilAsync(host, () => account.IsAtRestAsync(3 * PlantedPerson.Files("").Count, needsRun: false));
                Assert.Empty(await account.FindAsync(sealedToo: true));
                told.Append(host.Output).Append(host.Errors);
            }

            Assert.DoesNotContain(PlantedPerson.Token, told.ToString(), StringComparison.OrdinalIgnoreCase);
            output.WriteLine($"{kills} kills");
            Assert.True(kills >= Math.Min(mostKills, 10), $"The process was killed {kills} times only.");
        }
        finally
        {
            await azurite.DisposeAsync();
        }
    }

    /// <returns>How often the process was killed.</returns>
    private static async Task<int> EraseAsync(AzuriteServer azurite, Account account, StringBuilder told, int mostKills)
    {
        var kills = 0;
        var seen = 0;
        var isAsked = false;
        while (true)
        {
            await using var host = Start(azurite, out var url);
            if (!isAsked)
            {
                await AskAsync(host, url);
                isAsked = true;
            }

            var state = ErasureStatus.Running;
            await UntilAsync(host, async () =>
            {
                state = await account.StatusAsync();
                return state != ErasureStatus.Running || (kills < mostKills && await account.StepsAsync() > seen);
            });
            if (state != ErasureStatus.Running)
            {
                Assert.True(state == ErasureStatus.Completed, await account.DescribeAsync());
                told.Append(host.Output).Append(host.Errors);
                return kills;
            }

            seen = await account.StepsAsync();
            await host.KillAsync();
            kills++;
            told.Append(host.Output).Append(host.Errors);
        }
    }

    private static async Task AskAsync(ChildProcess host, string url)
    {
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        client.DefaultRequestHeaders.Add("x-functions-key", HostRun.ApiKey);
        await UntilAsync(host, async () =>
        {
            try
            {
                using var answer = await client.PostAsync($"/api/v1/customers/{PlantedPerson.Id}/privacy/erasure", null);
                Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    private static ChildProcess Start(AzuriteServer azurite, out string url)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        free.Stop();
        return HostRun.Start(azurite.ConnectionString, Hold, url);
    }

    private static async Task DropAsync(StorageAccount storage, string suffix)
    {
        var container = storage.Blobs.GetContainer("uploads");
        await container.CreateIfNotExistsAsync(CancellationToken.None);
        foreach (var (name, content) in PlantedPerson.Files(Others()))
            await container.WriteAsync(name, Encoding.UTF8.GetBytes(content + suffix), new BlobWriteOptions(), CancellationToken.None);
    }

    private static string Others()
    {
        var text = new StringBuilder();
        for (var customer = 0; customer < 40; customer++)
        {
            for (var order = 0; order < 8 + (customer % 5); order++)
            {
                var time = new DateTime(2025, 1, 5 + (customer % 20), 9, 0, 0, DateTimeKind.Utc).AddDays(order * (20 + (customer % 9)));
                text.Append(CultureInfo.InvariantCulture, $"O{customer}-{order},{time:yyyy-MM-dd HH:mm:ss},C{customer:0000},SKU{(customer + order) % 7},1,{5 + (customer % 13)}.50,France\n");
            }
        }

        return text.ToString();
    }

    private static async Task UntilAsync(ChildProcess host, Func<Task<bool>> isReached)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isReached())
        {
            Assert.False(host.HasExited, $"the host ended: {host.Output}{host.Errors}");
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Guard, $"nothing came within {Guard}: {host.Output}{host.Errors}");
            await Task.Delay(PollEvery, TimeProvider.System);
        }
    }

    /// <summary>The account, looked at from outside.</summary>
    private sealed class Account(string connection)
    {
        private readonly CustomerKeyDerivation _keys = new(Convert.FromBase64String(HostRun.Secret));
        private readonly VaultKeyRing _vaultKeys = VaultKeyRing.Parse(HostRun.Secret);

        public StorageAccount Storage { get; } = StorageAccount.Connect(connection);

        private string ErasureId => new TombstoneDerivation(_keys)
            .Of(_keys.Derive(CustomerKeyDerivation.DefaultNamespace, PlantedPerson.Id)).ToString();

        public async Task<IReadOnlyList<string>> FindAsync(bool sealedToo, params IReadOnlyList<string> texts)
        {
            var containers = new List<string>();
            await foreach (var container in new BlobServiceClient(connection).GetBlobContainersAsync())
                containers.Add(container.Name);
            var queues = new List<string>();
            await foreach (var queue in new QueueServiceClient(connection).GetQueuesAsync())
                queues.Add(queue.Name);
            return await EverythingStored.FindAsync(
                Storage, new StoredNames(containers, queues), _vaultKeys, sealedToo, texts.Count > 0 ? texts : [PlantedPerson.Token, .. PlantedPerson.Keys(_keys)]);
        }

        /// <summary>Whether all files are taken in, and nothing works any more.</summary>
        public async Task<bool> IsAtRestAsync(int files, bool needsRun)
        {
            var uploads = await new UploadTable(Storage).ListAsync(CancellationToken.None);
            if (uploads.Count < files || uploads.Any(upload => upload.Status == UploadStatus.Reading))
                return false;
            var runs = await new RunTable(new MembershipTables(Storage)).ListAsync(CancellationToken.None);
            if (runs.Any(run => run.Status == RunStatus.Running) || (needsRun && !runs.Any(run => run.Status == RunStatus.Completed && run.StartedAt > uploads.Max(upload => upload.EndedAt))))
                return false;
            foreach (var queue in new[] { "uploads-received", "refresh-requested", "orchestration-steps", "orchestration-activities" })
            {
                if (await Storage.Queues.GetQueue(queue).CountAsync(CancellationToken.None) > 0)
                    return false;
            }

            return true;
        }

        public async Task<ErasureStatus> StatusAsync() =>
            (await new ErasureTable(Storage).FindAsync(ErasureId, CancellationToken.None))?.Status ?? ErasureStatus.Running;

        public async Task<string> DescribeAsync() =>
            JsonSerializer.Serialize(await new ErasureTable(Storage).FindAsync(ErasureId, CancellationToken.None));

        /// <summary>Steps that the erasure's orchestration has taken.</summary>
        public async Task<int> StepsAsync()
        {
            var client = new OrchestrationClient(OrchestrationStorage.From(Storage), new OrchestrationOptions(), TimeProvider.System);
            return (await client.GetAsync(ErasureOrchestrator.InstanceOf(ErasureId), InstanceParts.Summary, CancellationToken.None))?.Steps ?? 0;
        }
    }
}
