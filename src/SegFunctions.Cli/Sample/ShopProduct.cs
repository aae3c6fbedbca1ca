namespace SegFunctions.Cli.Sample;

/// <summary>Something the simulated shop sells.</summary>
internal sealed record ShopProduct(string Id, string Name, string NameInFrench, string Category, decimal Price)
{
    /// <summary>The catalogue, best-sellers first.</summary>
    public static readonly IReadOnlyList<ShopProduct> Catalogue =
    [
        new("ESP-250", "Espresso beans 250 g", "Café espresso en grains 250 g", "coffee", 7.90m),
        new("FIL-500", "Filter coffee, ground 500 g", "Café filtre moulu 500 g", "coffee", 9.50m),
        new("EAR-100", "Earl Grey 100 g", "Earl Grey 100 g", "tea", 6.20m),
        new("ESP-1000", "Espresso beans 1 kg", "Café espresso en grains 1 kg", "coffee", 26.00m),
        new("DEC-250", "Decaf beans 250 g", "Café décaféiné en grains 250 g", "coffee", 8.40m),
        new("GRE-100", "Sencha green tea 100 g", "Thé vert Sencha 100 g", "tea", 8.80m),
        new("CAM-050", "Camomile 50 g", "Camomille 50 g", "tea", 4.10m),
        new("FLT-100", "Paper filters, 100", "Filtres en papier, 100", "equipment", 3.50m),
        new("CUP-2", "Cups, \"Lisboa\", pair", "Tasses « Lisboa », la paire", "equipment", 18.00m),
        new("CHO-200", "Drinking chocolate 200 g", "Chocolat à boire 200 g", "pantry", 6.90m),
        new("BIS-300", "Almond biscuits 300 g", "Biscuits aux amandes 300 g", "pantry", 5.60m),
        new("GFT-SML", "Gift box, small", "Coffret cadeau, petit", "gifts", 24.00m),
        new("GFT-LRG", "Gift box, large", "Coffret cadeau, grand", "gifts", 49.00m),
        new("FRP-8", "French press, 8 cups", "Cafetière à piston, 8 tasses", "equipment", 34.00m),
        new("GRI-01", "Hand grinder", "Moulin à main", "equipment", 62.00m),
        new("KET-01", "Kettle with thermometer", "Bouilloire avec thermomètre", "equipment", 79.00m),
    ];
}
