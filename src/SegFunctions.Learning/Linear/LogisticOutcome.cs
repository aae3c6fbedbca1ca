using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Linear;

/// <summary>How fits end, in words.</summary>
internal static class LogisticOutcome
{
    public static Bilingual OneClass(bool positive) => positive
        ? new("Every row is positive: nothing can be learned; the model gives the same smoothed share to all.", "Toutes les lignes sont positives : il n'y a rien à apprendre, le modèle donne à toutes la même part lissée.")
        : new("Every row is negative: nothing can be learned; the model gives the same smoothed share to all.", "Toutes les lignes sont négatives : il n'y a rien à apprendre, le modèle donne à toutes la même part lissée.");

    public static Bilingual Of(Descent descent, Separation separation)
    {
        var steps = descent.Iterations;
        return (separation, descent.End) switch
        {
            (Separation.Complete, _) => new(
                "The columns separate the classes perfectly, so without a penalty no finite optimum exists; use L2 above 0.",
                "Les colonnes séparent parfaitement les classes : sans pénalité, il n'existe pas d'optimum fini ; donnez à L2 une valeur positive."),
            (Separation.Partial, _) => new(
                "Some columns tell part of the rows with certainty, as a level that only one class has does, so without a penalty no finite optimum exists; use L2 above 0.",
                "Certaines colonnes classent une partie des lignes avec certitude, comme une modalité propre à une seule classe : sans pénalité, il n'existe pas d'optimum fini ; donnez à L2 une valeur positive."),
            (_, DescentEnd.Converged) => new($"Converged after {steps} steps.", $"Convergence après {steps} étapes."),
            (_, DescentEnd.Rounding) => new($"Converged after {steps} steps, to the limit of rounding.", $"Convergence après {steps} étapes, à la limite des arrondis."),
            (_, DescentEnd.Singular) => new(
                "Some columns repeat others exactly, so without a penalty no single optimum exists; use L2 above 0 or drop a column.",
                "Certaines colonnes en répètent exactement d'autres : sans pénalité, l'optimum n'est pas unique ; donnez à L2 une valeur positive ou retirez une colonne."),
            _ => new(
                $"The objective still falls after {steps} steps; allow more iterations or a greater L2.",
                $"L'objectif baisse encore après {steps} étapes ; autorisez plus d'itérations ou augmentez L2."),
        };
    }

    public static Bilingual Intervals(LogisticOptions options, bool converged, bool curvature, bool tooMany)
    {
        if (!converged)
            return new("No intervals: the fit did not converge.", "Pas d'intervalles : l'ajustement n'a pas convergé.");
        if (options.L1 > 0)
        {
            return new(
                "No intervals: the L1 penalty draws coefficients towards 0 and sets some to exactly 0, so that standard errors from the curvature would not say how far they may be from the truth. Fit the columns that remain again on other rows, without L1.",
                "Pas d'intervalles : la pénalité L1 rapproche les coefficients de 0 et en annule certains, si bien que des erreurs types tirées de la courbure ne diraient pas à quelle distance de la vérité ils se trouvent. Ajustez à nouveau les colonnes restantes, sans L1, sur d'autres lignes.");
        }

        if (!curvature && !tooMany)
            return new("No intervals: some columns repeat others, so that their coefficients are not determined one by one.", "Pas d'intervalles : certaines colonnes en répètent d'autres, leurs coefficients ne sont donc pas déterminés un à un.");
        if (!curvature)
            return new("No intervals: there are too many columns to invert their information matrix.", "Pas d'intervalles : les colonnes sont trop nombreuses pour inverser leur matrice d'information.");
        return options.L2 == 0
            ? new("Intervals from the observed information (Wald): they cover the true coefficient as often as they say when rows are many and the model is right.", "Intervalles tirés de l'information observée (Wald) : ils contiennent le vrai coefficient aussi souvent qu'annoncé quand les lignes sont nombreuses et le modèle juste.")
            : new("Intervals from the observed information with the penalty taken as a normal prior (Laplace): what is still plausible of the penalised coefficients, which are drawn towards 0.", "Intervalles tirés de l'information observée, la pénalité étant prise comme loi a priori normale (Laplace) : ce qui reste plausible des coefficients pénalisés, rapprochés de 0.");
    }
}
