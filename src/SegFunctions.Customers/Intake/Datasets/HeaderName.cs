using System.Text;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Datasets;

/// <summary>Headers and words compared as people mean them: "Numéro de facture", "numero_de_facture" and "NumeroDeFacture" are one.</summary>
internal static class HeaderName
{
    /// <summary>Accents and case folded, everything but letters and digits left out.</summary>
    public static string Fold(string header)
    {
        var folded = TextFolding.Fold(header);
        var letters = new StringBuilder(folded.Length);
        foreach (var character in folded)
        {
            if (char.IsLetterOrDigit(character))
                letters.Append(character);
        }

        return letters.ToString();
    }
}
