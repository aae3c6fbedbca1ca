using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SegFunctions.App.Privacy.Erasure;
using SegFunctions.App.Tests.Support;
using SegFunctions.App.Uploads;
using SegFunctions.Customers;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Storage.Blobs.Lake;

namespace SegFunctions.App.Tests.Privacy;

/// <summary>Who a person is, found out among very many others. Alone, for what the whole process allocates is measured.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PersonSearchTests
{
    private const string Name = nameof(PersonSearchTests);
    private const string Person = "person";

    [Fact]
    public async Task Search_takes_no_more_memory_for_the_visitors_of_others()
    {
        var few = await AllocatedAsync(visitors: 1_000);
        var many = await AllocatedAsync(visitors: 40_000);

        // A set of all pairs would be some 2 MB larger.
        Assert.True(many < few + 200_000, $"{many} bytes among 40,000 visitors, {few} among 1,000");
    }

    [Fact]
    public async Task Visitors_of_the_person_are_found_among_many_and_shared_ones_told_apart()
    {
        await using var app = await ServedApp.StartAsync();
        var keys = app.Services.GetRequiredService<CustomerKeyDerivation>();
        await WriteEventsAsync(app, visitors: 3_000);
        var person = PersonIn(app);

        await app.Services.GetRequiredService<PersonSearch>().CompleteAsync(person, default);

        Assert.Equal([keys.Derive("default", Person), keys.Derive("anonymous", "own")], person.Keys.OrderBy(key => key != keys.Derive("default", Person)));
        Assert.Equal([keys.Derive("anonymous", "shared")], person.SharedVisitors);
    }

    private static async Task<long> AllocatedAsync(int visitors)
    {
        await using var app = await ServedApp.StartAsync();
        await WriteEventsAsync(app, visitors);
        var search = app.Services.GetRequiredService<PersonVisitors>();
        var least = long.MaxValue;
        for (var run = 0; run < 5; run++)
        {
            var person = PersonIn(app);
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await search.FindAsync(person, default);
            await search.ShareAsync(person, default);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }

    private static Person PersonIn(ServedApp app)
    {
        var person = app.Services.GetRequiredService<ErasureCases>().New();
        person.Keys.Add(app.Services.GetRequiredService<CustomerKeyDerivation>().Derive("default", Person));
        return person;
    }

    /// <summary>Events of that many customers, each with a visitor of its own, and of the person with one and with one that somebody else uses too.</summary>
    private static async Task WriteEventsAsync(ServedApp app, int visitors)
    {
        var keys = app.Services.GetRequiredService<CustomerKeyDerivation>();
        var layout = CanonicalLayout.Of(DatasetCatalog.Events, []);
        var lines = new StringBuilder();
        for (var number = 0; number < visitors; number++)
            Add($"C{number}", $"visitor {number}");
        Add("C7", "shared");
        Add(Person, "own");
        Add(Person, "shared");

        var upload = app.Services.GetRequiredService<Lake>().Begin(new LakeUploadOptions { Dataset = "events", UploadId = "many", Sequence = 1, Format = "csv", Partitions = 1 });
        await upload.WritePartAsync(
            0,
            async (target, token) =>
            {
                await target.WriteAsync(layout.HeaderLine(), token);
                await target.WriteAsync(Encoding.UTF8.GetBytes(lines.ToString()), token);
                return visitors + 3;
            },
            default);
        await upload.CommitAsync(new string('0', 64), new LakeProperties(null, null).ToJson(), default);

        void Add(string customer, string visitor) => lines.AppendJoin(',', layout.Columns.Select(column => column switch
        {
            CanonicalLayout.KeyColumn => keys.Derive("default", customer).ToString(),
            "anonymous" => keys.Derive("anonymous", visitor).ToString(),
            _ => "",
        })).Append('\n');
    }
}
