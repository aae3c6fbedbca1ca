namespace SegFunctions.Learning.Explanation;

/// <summary>How French words follow gender and number.</summary>
internal static class FrenchAgreement
{
    public static bool IsPlural(this FrenchForm form) => form is FrenchForm.MasculinePlural or FrenchForm.FemininePlural;

    /// <summary>What a regular participle or adjective ends in: <c>élevé</c>, <c>élevée</c>, <c>élevés</c>, <c>élevées</c>.</summary>
    public static string Ending(this FrenchForm form) => form switch
    {
        FrenchForm.Feminine => "e",
        FrenchForm.MasculinePlural => "s",
        FrenchForm.FemininePlural => "es",
        _ => "",
    };
}
