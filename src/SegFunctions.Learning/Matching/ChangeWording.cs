using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Matching;

/// <summary>Writes what became of clusters, one sentence a change.</summary>
internal sealed class ChangeWording(IReadOnlyDictionary<int, Bilingual> names, IReadOnlyList<ClusterPair> pairs, IReadOnlyList<int> sizes)
{
    public Bilingual Write(ClusterChange change) => change.Kind switch
    {
        ChangeKind.Split => Split(change),
        ChangeKind.Merged => Merged(change),
        ChangeKind.Born => Born(change),
        ChangeKind.Died => Died(change),
        _ => Kept(change),
    };

    private static Bilingual Listed(IReadOnlyList<Bilingual> items) => new(
        $"{string.Join(", ", items.Take(items.Count - 1).Select(item => item.En))} and {items[^1].En}",
        $"{string.Join(", ", items.Take(items.Count - 1).Select(item => item.Fr))} et {items[^1].Fr}");

    private Bilingual Quoted(int id) => new($"“{names[id].En}”", $"«\u202F{names[id].Fr}\u202F»");

    private Bilingual WithShare(ChangePart part)
    {
        var name = Quoted(part.Id!.Value);
        var share = Wording.Percent(part.Share);
        return new Bilingual($"{name.En} ({share.En})", $"{name.Fr} ({share.Fr})");
    }

    private Bilingual Kept(ClusterChange change)
    {
        var id = change.To[0].Id!.Value;
        var pair = pairs.First(one => one.Id == id);
        var name = Quoted(id);
        if (pair.Overlap is { } overlap)
        {
            var same = Wording.Percent(overlap);
            return new Bilingual($"{name.En} stays, with an overlap of {same.En}.", $"{name.Fr} demeure, avec un recouvrement de {same.Fr}.");
        }

        var moved = Wording.Number(pair.Distance ?? double.NaN, 2);
        return new Bilingual(
            $"{name.En} stays: too few members are shared, but its centre moved by {moved.En} standard deviations only.",
            $"{name.Fr} demeure : trop peu de membres en commun, mais son centre ne s'est déplacé que de {moved.Fr} écart-type.");
    }

    private Bilingual Split(ClusterChange change)
    {
        var from = Quoted(change.From[0].Id!.Value);
        var parts = Listed([.. change.To.Select(WithShare)]);
        return new Bilingual($"{from.En} splits into {parts.En}.", $"{from.Fr} se divise en {parts.Fr}.");
    }

    private Bilingual Merged(ClusterChange change)
    {
        var parts = Listed([.. change.From.Select(WithShare)]);
        var into = Quoted(change.To[0].Id!.Value);
        return new Bilingual($"{parts.En} merge into {into.En}.", $"{parts.Fr} fusionnent en {into.Fr}.");
    }

    private Bilingual Born(ClusterChange change)
    {
        var id = change.To[0].Id!.Value;
        var name = Quoted(id);
        var size = sizes[pairs.First(pair => pair.Id == id).Label];
        var count = Wording.Number((double)size);
        return new Bilingual($"{name.En} is new, with {count.En} member{(size == 1 ? "" : "s")}.", $"{name.Fr} est nouveau, avec {count.Fr} membre{(size < 2 ? "" : "s")}.");
    }

    private Bilingual Died(ClusterChange change)
    {
        var name = Quoted(change.From[0].Id!.Value);
        if (change.To.Count == 0)
            return new Bilingual($"{name.En} is gone; none of its members is known now.", $"{name.Fr} disparaît ; aucun de ses membres n'est connu aujourd'hui.");
        var share = Wording.Percent(change.To[0].Share);
        if (change.To[0].Id is not { } id)
            return new Bilingual($"{name.En} is gone; {share.En} of its members are in no cluster now.", $"{name.Fr} disparaît ; {share.Fr} de ses membres ne sont plus dans aucun groupe.");
        var into = Quoted(id);
        return new Bilingual($"{name.En} is gone; {share.En} of its members are now in {into.En}.", $"{name.Fr} disparaît ; {share.Fr} de ses membres sont désormais dans {into.Fr}.");
    }
}
