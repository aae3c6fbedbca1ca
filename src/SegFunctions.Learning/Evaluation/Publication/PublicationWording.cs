using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Evaluation.Publication;

/// <summary>Verdicts in words; they begin small and end without a full stop, to stand in a sentence or alone.</summary>
internal static class PublicationWording
{
    public static Bilingual Better(Bilingual model, Bilingual baseline, PairedInterval gain, double? modelAuc, double? baselineAuc) => new(
        $"{model.En} is used: its log-loss is {Figure(gain.Mean).En} lower than that of {baseline.En} ({Interval(gain).En}), AUC {Figure(modelAuc).En} against {Figure(baselineAuc).En}",
        $"retenu : {model.Fr} ; sa perte logarithmique est inférieure de {Figure(gain.Mean).Fr} à celle obtenue par {baseline.Fr} ({Interval(gain).Fr}), AUC {Figure(modelAuc).Fr} contre {Figure(baselineAuc).Fr}");

    public static Bilingual NotSurelyBetter(Bilingual baseline, PairedInterval gain) => new(
        $"{baseline.En} is used: the learned model is not surely better (gain in log-loss {Figure(gain.Mean).En}, {Interval(gain).En})",
        $"retenu : {baseline.Fr} ; le modèle appris n'est pas sûrement meilleur (gain de perte logarithmique {Figure(gain.Mean).Fr}, {Interval(gain).Fr})");

    public static Bilingual RanksWorse(Bilingual baseline, double? modelAuc, double? baselineAuc) => new(
        $"{baseline.En} is used: the learned model ranks worse (AUC {Figure(modelAuc).En} against {Figure(baselineAuc).En})",
        $"retenu : {baseline.Fr} ; le modèle appris classe moins bien (AUC {Figure(modelAuc).Fr} contre {Figure(baselineAuc).Fr})");

    private static Bilingual Interval(PairedInterval gain) => new(
        $"{Wording.Percent(gain.Level).En} interval {Figure(gain.Lower).En} to {Figure(gain.Upper).En}",
        $"intervalle à {Wording.Percent(gain.Level).Fr} : {Figure(gain.Lower).Fr} à {Figure(gain.Upper).Fr}");

    private static Bilingual Figure(double? value) => Wording.Number(value ?? double.NaN, 4);
}
