using SegFunctions.App.Refresh;
using SegFunctions.Customers;
using SegFunctions.Customers.Identity;
using SegFunctions.Customers.Identity.Store;
using SegFunctions.Orchestration;

namespace SegFunctions.App.Identity;

/// <summary>The steps of a refresh that find out who is one. Each can be repeated, and a repetition changes nothing.</summary>
internal sealed class IdentityActivities(
    IdentitySources sources, IdentityModels models, IdentityTable identities, ReviewTable reviews, RunIdentities runIdentities, RefreshPlans plans, TimeProvider time)
{
    public const string ResolveIdentities = nameof(ResolveIdentities);
    public const string SweepIdentities = nameof(SweepIdentities);

    private const int KeysShown = 5;
    private const int MergesShown = 20;

    public void Register(OrchestrationRegistry registry)
    {
        registry.AddActivity<string, bool>(ResolveIdentities, (_, run, token) => ResolveAsync(run, token));
        registry.AddActivity<string, bool>(SweepIdentities, (_, run, token) => SweepAsync(run, token));
    }

    private async Task<bool> ResolveAsync(string run, CancellationToken cancellationToken)
    {
        // The report is written last.
        if (await runIdentities.FindReportAsync(run, cancellationToken) is not null)
            return true;
        var (people, companies) = await models.FindAsync(cancellationToken);
        var found = new IdentityResolution(new IdentityOptions()).Resolve(
            await sources.ReadCustomersAsync(cancellationToken),
            await sources.ReadVisitorsAsync(cancellationToken),
            await reviews.DecisionsAsync(cancellationToken),
            people,
            companies,
            cancellationToken);
        await models.SaveAsync(found.People, found.Companies, cancellationToken);
        await runIdentities.DecideAsync(run, found.Routes(), cancellationToken);
        var now = time.GetUtcNow();
        var dissolved = await WriteAsync(found, now, cancellationToken);
        await reviews.ReplaceOpenAsync(run, found.Reviews, now, cancellationToken);
        await runIdentities.WriteReportAsync(
            run,
            new IdentityReport(
                found.Customers,
                found.Compared,
                found.Groups.Count,
                found.Groups.Sum(group => group.Members.Count - 1),
                dissolved,
                found.Reviews.Count,
                found.ReviewsUnlisted,
                [.. found.Refused.Select(keys => new RefusedGroup(keys.Count, [.. keys.Take(KeysShown).Select(key => key.ToString())]))],
                found.Blocked),
            cancellationToken);
        return true;
    }

    /// <summary>Rows that have changed are written now: who became one is found by either key at once.</summary>
    /// <returns>Keys that stood for another one and do so no more.</returns>
    private async Task<DissolvedMerges> WriteAsync(ResolvedIdentities found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var standing = await identities.ListAsync(cancellationToken);
        var links = found.Links.ToLookup(link => link.Right);
        var changed = new List<IdentityRow>();
        foreach (var group in found.Groups)
        {
            foreach (var member in group.Members)
            {
                var members = member.Key == group.Canonical ? group.Members.Select(one => one.Key).ToArray() : [];
                var row = new IdentityRow(member.Key, group.Canonical, member.Probability, members, [.. links[member.Key].Select(StoredLink.Of)], 0, now);
                if (!standing.TryGetValue(member.Key, out var known) || IdentityTable.ContentOf(known) != IdentityTable.ContentOf(row))
                    changed.Add(row);
            }
        }

        await identities.WriteAsync(changed, cancellationToken);
        var routes = found.Routes();
        var dissolved = standing.Values.Where(row => routes.Of(row.Key) != routes.Of(row.Canonical)).OrderBy(row => row.Key).ToList();
        return new DissolvedMerges(dissolved.Count, [.. dissolved.Take(MergesShown).Select(row => new DissolvedMerge(
            row.Key.ToString(), row.Canonical.ToString(), [.. row.Links.SelectMany(link => link.Fields).Where(field => field.Bits > 0 || field.Level == "exact").Select(field => field.Field).Distinct()]))]);
    }

    /// <summary>Who is alone again keeps the row until readers see the run that says so.</summary>
    private async Task<bool> SweepAsync(string run, CancellationToken cancellationToken)
    {
        var plan = await plans.ReadAsync(run, cancellationToken);
        var routes = await runIdentities.RoutesAsync(run, cancellationToken);
        var grouped = new HashSet<CustomerKey>();
        foreach (var (key, canonical) in routes.Pairs)
        {
            grouped.Add(key);
            grouped.Add(canonical);
        }

        foreach (var row in (await identities.ListAsync(cancellationToken)).Values)
        {
            // What a human joined meanwhile waits for the next run.
            if (!grouped.Contains(row.Key) && row.At <= plan.Input.StartedAt)
                await identities.DeleteAsync(row.Key, cancellationToken);
        }

        return true;
    }
}
