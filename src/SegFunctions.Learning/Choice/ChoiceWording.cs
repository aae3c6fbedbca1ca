using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Choice;

/// <summary>The choice in words: a sentence for every candidate and a few for the whole, in English and French.</summary>
internal static class ChoiceWording
{
    public static Bilingual TooFewRows(int rows, int smallest)
    {
        var (found, least) = (Count(rows), Count(smallest));
        return new(
            $"No segments: {found.En} rows cannot be split when a segment must hold at least {least.En}.",
            $"Aucun segment : {found.Fr} lignes ne peuvent être partagées quand un segment doit en compter au moins {least.Fr}.");
    }

    /// <returns>Everything but the model.</returns>
    public static ChoiceResult Of(ChoiceOutcome outcome, CandidateFigures[] figures, int smallest, AutoClusteringOptions options, int rows, int judged)
    {
        var winner = outcome.Winner;
        var candidates = figures
            .OrderByDescending(one => ReferenceEquals(one, winner))
            .ThenByDescending(one => one.Judged)
            .ThenByDescending(one => one.Support)
            .ThenBy(one => one.Order)
            .Select(one => Describe(one, outcome, smallest, options));
        var sentences = new List<Bilingual> { Decision(outcome, smallest) };
        if (winner is not null)
            sentences.Add(Trust(outcome));
        if (outcome.Structure is { } structure)
            sentences.Add(structure.Sentence);
        if (judged < rows)
            sentences.Add(Sampled(rows, judged, winner));
        return new ChoiceResult
        {
            Model = null,
            Confidence = outcome.Confidence,
            Candidates = [.. candidates],
            Sentences = sentences,
            Structure = outcome.Structure,
            KeptAsBefore = outcome.Kept is not null,
            Rows = rows,
            RowsJudged = judged,
        };
    }

    private static ChoiceCandidate Describe(CandidateFigures one, ChoiceOutcome outcome, int smallest, AutoClusteringOptions options)
    {
        var (verdict, reason) = Verdict(one, outcome, smallest, options);
        return new ChoiceCandidate
        {
            Clustering = one.Fit.Clustering,
            Description = one.Fit.Description,
            Segments = one.Segments,
            SmallestSize = one.Smallest,
            NoiseShare = one.NoiseShare,
            Separation = one.Judged ? one.Separation : null,
            Support = one.Judged ? one.Support : null,
            Crossing = one.Judged ? one.Crossing : null,
            NoiseError = one.Judged ? one.NoiseError : null,
            Silhouette = double.IsFinite(one.Silhouette) ? one.Silhouette : null,
            Stability = double.IsFinite(one.Stability) ? one.Stability : null,
            Verdict = verdict,
            Reason = reason,
        };
    }

    private static (CandidateVerdict Verdict, Bilingual Reason) Verdict(CandidateFigures one, ChoiceOutcome outcome, int smallest, AutoClusteringOptions options)
    {
        if (ReferenceEquals(one, outcome.Winner))
            return (CandidateVerdict.Chosen, Decision(outcome, smallest));
        if (one.Unfit is { } unfit)
            return (unfit, Limit(one, unfit, smallest, options));
        var winner = outcome.Winner;
        if (winner is null)
            return (CandidateVerdict.NoStructure, Shallow(one));
        if (outcome.Kept is not null && (one.StableSupport > winner.StableSupport || (one.Support <= 0 && one.Silhouette > winner.Silhouette)))
            return (CandidateVerdict.NotClearlyBetter, NotClearlyBetter(one, winner));
        if (outcome.Basis == ChoiceBasis.Silhouette)
            return (CandidateVerdict.LowerSilhouette, LessCompact(one, winner));
        if (one.Support <= 0)
            return (CandidateVerdict.NotSeparated, Shallow(one));
        if (double.IsFinite(one.Stability))
            return (CandidateVerdict.LessStable, ComesBackLess(one, winner));
        if (one.Segments != winner.Segments && one.Support > winner.Support - ChoiceRule.SameSupport)
            return (CandidateVerdict.LessStable, StoodFor(one));
        return one.Support < winner.Support - ChoiceRule.SameSupport
            ? (CandidateVerdict.LessSeparated, LessSupported(one, winner))
            : (CandidateVerdict.RougherBorder, Rougher(one, winner));
    }

    private static Bilingual Limit(CandidateFigures one, CandidateVerdict unfit, int smallest, AutoClusteringOptions options)
    {
        var (found, segments, least, most) = (Count(one.Smallest), Count(one.Segments), Count(smallest), Count(options.MaxSegments));
        var (noise, bound) = (Wording.Percent(one.NoiseShare), Wording.Percent(ChoiceRule.MostNoise));
        return unfit switch
        {
            CandidateVerdict.NoSegments => new("It finds no two segments.", "Elle ne trouve pas deux segments."),
            CandidateVerdict.TooManySegments => new($"It finds {segments.En} segments; at most {most.En} are wanted.", $"Elle trouve {segments.Fr} segments ; on en veut au plus {most.Fr}."),
            CandidateVerdict.SegmentTooSmall => new($"Its smallest segment holds {found.En} rows; at least {least.En} are asked.", $"Son plus petit segment compte {found.Fr} lignes ; il en faut au moins {least.Fr}."),
            CandidateVerdict.TooMuchNoise => new($"It leaves {noise.En} of the rows outside every segment; at most {bound.En} are allowed.", $"Elle laisse {noise.Fr} des lignes hors de tout segment ; {bound.Fr} au plus sont admis."),
            _ => new($"It gives the very segments of a simpler one: {one.Twin!.Fit.Description.En}.", $"Elle donne les mêmes segments qu'une plus simple : {one.Twin!.Fit.Description.Fr}."),
        };
    }

    private static Bilingual Shallow(CandidateFigures one)
    {
        var open = Count(one.Around.Count(depth => depth < ChoiceRule.ValleyDepth));
        var (all, depth, asked) = (Count(one.Segments), Depth(one.Separation), Depth(ChoiceRule.ValleyDepth));
        return new(
            $"{open.En} of its {all.En} segments are not set apart by a valley: the shallowest border is {depth.En} standard errors deep, {asked.En} are asked.",
            $"{open.Fr} de ses {all.Fr} segments ne sont pas séparés par une vallée : la frontière la moins profonde l'est de {depth.Fr} erreurs types, il en faut {asked.Fr}.");
    }

    private static Bilingual LessSupported(CandidateFigures one, CandidateFigures winner)
    {
        var (apart, all) = (Count(Apart(one)), Count(one.Segments));
        var (winnerApart, winnerAll) = (Count(Apart(winner)), Count(winner.Segments));
        var (support, winnerSupport) = (Depth(one.Support), Depth(winner.Support));
        return new(
            $"Valleys set {apart.En} of its {all.En} segments apart, and {winnerApart.En} of {winnerAll.En} of the winner's: support {support.En} against {winnerSupport.En}.",
            $"Des vallées séparent {apart.Fr} de ses {all.Fr} segments, et {winnerApart.Fr} sur {winnerAll.Fr} de la gagnante : appui {support.Fr} contre {winnerSupport.Fr}.");
    }

    private static Bilingual ComesBackLess(CandidateFigures one, CandidateFigures winner)
    {
        var (stability, winnerStability) = (Wording.Number(one.Stability, 2), Wording.Number(winner.Stability, 2));
        var (support, winnerSupport) = (Depth(one.StableSupport), Depth(winner.StableSupport));
        return new(
            $"Fitted again without half of the rows, its segments come back with a similarity of {stability.En} and a support of {support.En}; the winner's with {winnerStability.En} and {winnerSupport.En}.",
            $"Recalculés sans la moitié des lignes, ses segments reviennent avec une similarité de {stability.Fr} et un appui de {support.Fr} ; ceux de la gagnante, {winnerStability.Fr} et {winnerSupport.Fr}.");
    }

    private static Bilingual StoodFor(CandidateFigures one)
    {
        var segments = Count(one.Segments);
        return new(
            $"Another candidate stood for {segments.En} segments, with a smoother border or more support, and its segments come back less than the winner's.",
            $"Une autre candidate représentait {segments.Fr} segments, avec une frontière plus nette ou plus d'appui, et ses segments reviennent moins que ceux de la gagnante.");
    }

    private static Bilingual Rougher(CandidateFigures one, CandidateFigures winner)
    {
        var (crossing, winnerCrossing) = (Wording.Percent(one.Crossing, 2), Wording.Percent(winner.Crossing, 2));
        var (noise, winnerNoise) = (Wording.Percent(one.NoiseError, 1), Wording.Percent(winner.NoiseError, 1));
        return Math.Abs(ChoiceRule.Cost(one) - ChoiceRule.Cost(winner)) <= ChoiceRule.SameCost
            ? new($"As good as the winner, which is simpler.", "Aussi bonne que la gagnante, qui est plus simple.")
            : new(
                $"As well separated as the winner, but its borders part {crossing.En} of near neighbours and {noise.En} of the rows are misjudged as noise or not; the winner's {winnerCrossing.En} and {winnerNoise.En}.",
                $"Aussi bien séparée que la gagnante, mais ses frontières séparent {crossing.Fr} des proches voisins et {noise.Fr} des lignes sont prises à tort pour du bruit ou non ; la gagnante, {winnerCrossing.Fr} et {winnerNoise.Fr}.");
    }

    private static Bilingual NotClearlyBetter(CandidateFigures one, CandidateFigures winner)
    {
        var (support, silhouette) = (Depth(one.Support), Wording.Number(one.Silhouette, 2));
        var (winnerSupport, winnerSilhouette) = (Depth(winner.Support), Wording.Number(winner.Silhouette, 2));
        return new(
            $"Better than the segments kept from before, but not beyond chance: support {support.En} against {winnerSupport.En}, silhouette {silhouette.En} against {winnerSilhouette.En}.",
            $"Meilleure que les segments conservés, mais pas au-delà du hasard : appui {support.Fr} contre {winnerSupport.Fr}, silhouette {silhouette.Fr} contre {winnerSilhouette.Fr}.");
    }

    private static Bilingual LessCompact(CandidateFigures one, CandidateFigures winner)
    {
        var (found, best) = (Wording.Number(one.Silhouette, 3), Wording.Number(winner.Silhouette, 3));
        return one.NoiseShare > 0
            ? new("No valleys are seen in so many dimensions, so segments without noise were compared by silhouette.", "Aucune vallée n'est visible en tant de dimensions ; les segments sans bruit ont été comparés par leur silhouette.")
            : new(
                $"No valleys are seen in so many dimensions; its silhouette is {found.En}, the winner's {best.En}.",
                $"Aucune vallée n'est visible en tant de dimensions ; sa silhouette est {found.Fr}, celle de la gagnante {best.Fr}.");
    }

    private static Bilingual Decision(ChoiceOutcome outcome, int smallest)
    {
        if (outcome.Winner is not { } winner)
        {
            var least = Count(smallest);
            return outcome.Basis == ChoiceBasis.NoCandidate
                ? new($"No segments: no candidate keeps the limits of number, noise and at least {least.En} rows a segment.", $"Aucun segment : aucune candidate ne respecte les limites de nombre, de bruit et d'au moins {least.Fr} lignes par segment.")
                : new("No segments: no border follows a valley in density, and no structure was shown. One group is the honest answer.", "Aucun segment : aucune frontière ne suit une vallée de densité, et aucune structure n'est établie. Un seul groupe est la réponse honnête.");
        }

        var (segments, depth, silhouette) = (Count(winner.Segments), Depth(winner.Separation), Wording.Number(winner.Silhouette, 2));
        var apart = Count(Apart(winner));
        var noise = Wording.Percent(winner.NoiseShare, 1);
        var outside = winner.NoiseShare > 0 ? new Bilingual($" {noise.En} of the rows are in none.", $" {noise.Fr} des lignes n'en ont aucun.") : new Bilingual(string.Empty, string.Empty);
        var (by, par) = (winner.Fit.Description.En, winner.Fit.Description.Fr);
        var alike = Wording.Number(outcome.Kept ?? 1, 2);
        return outcome.Basis switch
        {
            _ when outcome.Kept is not null => new(
                $"{segments.En} segments by {by}, kept as before: rows known from the last choice stay together (adjusted Rand index {alike.En}), and no other choice is better beyond chance. Valleys in density set {apart.En} of them apart, the shallowest {depth.En} standard errors deep.{outside.En}",
                $"{segments.Fr} segments par {par}, conservés comme avant : les lignes déjà connues restent ensemble (indice de Rand ajusté {alike.Fr}), et aucun autre choix n'est meilleur au-delà du hasard. Des vallées de densité séparent {apart.Fr} d'entre eux, la moins profonde de {depth.Fr} erreurs types.{outside.Fr}"),
            ChoiceBasis.Silhouette => new(
                $"{segments.En} segments by {by}: there is structure, but in so many dimensions no valleys are seen, and these segments have the greatest silhouette ({silhouette.En}).",
                $"{segments.Fr} segments par {par} : il y a une structure, mais aucune vallée n'est visible en tant de dimensions, et ces segments ont la plus grande silhouette ({silhouette.Fr})."),
            ChoiceBasis.LeastBad => new(
                $"{segments.En} segments by {by}: there is structure, but no borders follow valleys throughout; these come nearest (shallowest {depth.En} standard errors).{outside.En}",
                $"{segments.Fr} segments par {par} : il y a une structure, mais aucune frontière ne suit partout des vallées ; celles-ci s'en approchent le plus (la moins profonde : {depth.Fr} erreurs types).{outside.Fr}"),
            _ => new(
                $"{segments.En} segments by {by}: valleys in density set {apart.En} of them apart, the shallowest {depth.En} standard errors deep.{outside.En}",
                $"{segments.Fr} segments par {par} : des vallées de densité séparent {apart.Fr} d'entre eux, la moins profonde de {depth.Fr} erreurs types.{outside.Fr}"),
        };
    }

    private static Bilingual Trust(ChoiceOutcome outcome)
    {
        var word = outcome.Confidence switch
        {
            ChoiceConfidence.Strong => new Bilingual("strong", "forte"),
            ChoiceConfidence.Moderate => new Bilingual("moderate", "moyenne"),
            _ => new Bilingual("weak", "faible"),
        };
        var stability = Wording.Number(outcome.Winner!.Stability, 2);
        var agreed = outcome.Agreed
            ? new Bilingual("another family of algorithms finds the same segments", "une autre famille d'algorithmes trouve les mêmes segments")
            : new Bilingual("no other family of algorithms finds the same segments", "aucune autre famille d'algorithmes ne trouve les mêmes segments");
        return new(
            $"Confidence: {word.En}. Fitted again without half of the rows the segments come back with a similarity of {stability.En} (1 is the same), and {agreed.En}.",
            $"Confiance : {word.Fr}. Recalculés sans la moitié des lignes, les segments reviennent avec une similarité de {stability.Fr} (1 : identiques), et {agreed.Fr}.");
    }

    private static Bilingual Sampled(int rows, int judged, CandidateFigures? winner)
    {
        var (all, sample) = (Count(rows), Count(judged));
        var extended = winner?.Fit.Model is Clustering.KMeansModel
            ? new Bilingual(" The winner was then fitted to all of them.", " La gagnante a ensuite été ajustée sur toutes.")
            : winner is null ? new Bilingual(string.Empty, string.Empty) : new Bilingual(" The winner stays fitted to these and labels the others by prediction.", " La gagnante reste ajustée sur celles-ci et attribue les autres par prédiction.");
        return new(
            $"The candidates were compared on a uniform sample of {sample.En} of the {all.En} rows.{extended.En}",
            $"Les candidates ont été comparées sur un échantillon uniforme de {sample.Fr} des {all.Fr} lignes.{extended.Fr}");
    }

    private static int Apart(CandidateFigures one) => one.Around.Count(depth => depth >= ChoiceRule.ValleyDepth);

    private static Bilingual Count(int number) => Wording.Number((double)number);

    private static Bilingual Depth(double depth) => Wording.Number(depth, 1);
}
