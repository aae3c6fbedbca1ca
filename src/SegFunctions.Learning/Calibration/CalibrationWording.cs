using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Calibration;

/// <summary>Why a calibration was chosen, in words.</summary>
internal static class CalibrationWording
{
    public static Bilingual TooFew(CalibrationMethod method, int fewest) => new(
        $"{Name(method).En}: the rarer class has {fewest} rows, too few to compare ways of calibration",
        $"{Name(method).Fr} : la classe la plus rare ne compte que {fewest} {(fewest < 2 ? "ligne" : "lignes")}, trop peu pour comparer des calibrages");

    public static Bilingual Chosen(IReadOnlyList<CalibrationCandidate> candidates, int chosen, int best)
    {
        var name = Name(candidates[chosen].Method);
        var others = candidates.Where((_, i) => i != chosen).ToList();
        var figures = new Bilingual(
            $"log-loss {Figure(candidates[chosen].LogLoss).En} on rows it was not fitted to, against {string.Join(", ", others.Select(other => $"{Figure(other.LogLoss).En} ({Name(other.Method).En})"))}",
            $"perte logarithmique {Figure(candidates[chosen].LogLoss).Fr} sur des lignes hors ajustement, contre {string.Join(", ", others.Select(other => $"{Figure(other.LogLoss).Fr} ({Name(other.Method).Fr})"))}");
        return chosen == best
            ? new Bilingual($"{name.En}: the lowest {figures.En}", $"{name.Fr} : la plus faible {figures.Fr}")
            : new Bilingual($"{name.En}: {figures.En}; the lowest is not surely lower, and this one needs fewer rows", $"{name.Fr} : {figures.Fr} ; la plus faible ne l'est pas sûrement, et ce calibrage demande moins de lignes");
    }

    private static Bilingual Name(CalibrationMethod method) => method switch
    {
        CalibrationMethod.None => new("no calibration", "sans calibrage"),
        CalibrationMethod.Platt => new("Platt scaling", "calibrage de Platt"),
        CalibrationMethod.Beta => new("beta calibration", "calibrage bêta"),
        _ => new("isotonic calibration", "calibrage isotonique"),
    };

    private static Bilingual Figure(double value) => Wording.Number(value, 4);
}
