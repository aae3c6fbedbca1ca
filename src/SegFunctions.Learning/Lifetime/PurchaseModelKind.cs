namespace SegFunctions.Learning.Lifetime;

/// <summary>How orders come and cease.</summary>
public enum PurchaseModelKind
{
    /// <summary>Poisson orders of a gamma rate; nobody drops out (Ehrenberg 1959). The limit of the others.</summary>
    Nbd,

    /// <summary>A customer may drop out after each repeat order (Fader, Hardie &amp; Lee 2005).</summary>
    BgNbd,

    /// <summary>A customer may drop out after each order, the first included (Batislam, Denizel &amp; Filiztekin 2007).</summary>
    MbgNbd,

    /// <summary>A customer may drop out at any moment (Schmittlein, Morrison &amp; Colombo 1987).</summary>
    ParetoNbd,
}
