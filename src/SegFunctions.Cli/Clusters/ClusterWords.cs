using SegFunctions.Learning.Explanation;

namespace SegFunctions.Cli.Clusters;

/// <summary>The words around figures.</summary>
internal static class ClusterWords
{
    public static readonly Bilingual Title = new("Clusters of", "Groupes de");
    public static readonly Bilingual Rows = new("rows", "lignes");
    public static readonly Bilingual Clusters = new("clusters", "groupes");
    public static readonly Bilingual Confidence = new("confidence", "confiance");
    public static readonly Bilingual Name = new("name", "nom");
    public static readonly Bilingual Size = new("size", "taille");
    public static readonly Bilingual Rule = new("rule", "règle");
    public static readonly Bilingual Traits = new("what sets it apart", "ce qui le distingue");
    public static readonly Bilingual Candidates = new("What was tried", "Ce qui a été essayé");
    public static readonly Bilingual Candidate = new("candidate", "candidat");
    public static readonly Bilingual Silhouette = new("silhouette", "silhouette");
    public static readonly Bilingual Stability = new("stability", "stabilité");
    public static readonly Bilingual Separation = new("separation", "séparation");
    public static readonly Bilingual Smallest = new("smallest", "le plus petit");
    public static readonly Bilingual Noise = new("in none", "hors groupe");
    public static readonly Bilingual Why = new("why", "pourquoi");
    public static readonly Bilingual Quality = new("Quality", "Qualité");
    public static readonly Bilingual Preparation = new("Preparation", "Préparation");
    public static readonly Bilingual Typical = new("typical member", "membre typique");
    public static readonly Bilingual Precision = new("precision", "précision");
    public static readonly Bilingual Recall = new("recall", "rappel");
    public static readonly Bilingual Column = new("column", "colonne");
    public static readonly Bilingual Use = new("what was done", "ce qui a été fait");
    public static readonly Bilingual None = new("There are no clusters to show.", "Il n'y a pas de groupes à montrer.");
    public static readonly Bilingual Warnings = new("Before you use it", "Avant de s'en servir");
    public static readonly Bilingual Decision = new("Decision", "Décision");
    public static readonly Bilingual Inertia = new("inertia", "inertie");
    public static readonly Bilingual StructureP = new("p of no structure", "p de l'absence de structure");

    /// <summary>French parts a colon from its word by a space that does not break.</summary>
    public static readonly Bilingual Colon = new(": ", "\u00a0: ");
    public static readonly Bilingual Profiles = new("Profiles", "Profils");

    /// <summary>How many clusters; French counts none as one.</summary>
    public static Bilingual Counted(int clusters) => new($"{clusters} {(clusters == 1 ? "cluster" : "clusters")}", $"{clusters} {(clusters < 2 ? "groupe" : "groupes")}");

    /// <summary>A level of confidence, as the JSON spells it, in words.</summary>
    public static Bilingual ConfidenceNamed(string level) => level switch
    {
        "strong" => new Bilingual("strong", "forte"),
        "moderate" => new Bilingual("moderate", "moyenne"),
        "weak" => new Bilingual("weak", "faible"),
        _ => new Bilingual("none", "aucune"),
    };
}
