namespace SegFunctions.Customers.Intake.Rules;

/// <summary>What rules say in French.</summary>
public static class RuleWords
{
    private static readonly Dictionary<string, RuleText> Texts = new(StringComparer.Ordinal)
    {
        ["required"] = new("Il manque une valeur dont chaque ligne a besoin", "Renseignez la valeur, ou indiquez la colonne qui la contient."),
        ["number-unreadable"] = new("Un texte se trouve là où un nombre est attendu", "Écrivez des chiffres avec un seul signe décimal, ou indiquez ce signe dans mapping.json (« decimal »)."),
        ["timestamp-unreadable"] = new("Un texte se trouve là où une date est attendue", "Écrivez les dates comme 2011-12-09 ou 2011-12-09T08:26:00Z, ou indiquez leur forme dans mapping.json (« dateFormat »)."),
        ["boolean-unreadable"] = new("Un texte se trouve là où oui ou non est attendu", "Écrivez true ou false."),
        ["choice-unknown"] = new("Le mot n'est aucun de ceux que le champ connaît", "Employez l'un des mots que le message énumère."),
        ["out-of-range"] = new("Un nombre ou une date sort du possible", "Corrigez la valeur à sa source."),
        ["too-few-fields"] = new("La ligne a moins de champs que le fichier n'a de colonnes", "Cherchez un séparateur manquant ou un retour à la ligne dans un texte sans guillemets."),
        ["too-many-fields"] = new("La ligne a plus de champs que le fichier n'a de colonnes", "Mettez entre guillemets les textes qui contiennent le séparateur."),
        ["price-and-quantity-negative"] = new("La quantité et le prix sont tous deux négatifs", "Écrivez un retour comme une quantité négative à un prix positif."),
        ["price-zero"] = new("La ligne ne coûte rien", "Rien, s'il s'agit d'un cadeau ou d'une correction : elle ne compte ni comme commande ni comme recette."),
        ["price-negative"] = new("Le prix est négatif ; il est lu comme de l'argent rendu", "Écrivez un retour comme une quantité négative à un prix positif."),
        ["quantity-zero"] = new("La ligne porte sur zéro pièce", "Laissez de telles lignes de côté, ou écrivez le nombre voulu."),
        ["discount-exceeds-price"] = new("La remise dépasse le montant de la ligne", "Écrivez la remise comme un montant sur la ligne entière, ou avec un signe % comme une part."),
        ["clock-change"] = new("L'heure locale a été sautée ou doublée lors du changement d'heure", "Écrivez les heures en UTC, ou avec leur décalage."),
        ["date-order-ambiguous"] = new("Aucune date de la colonne ne dit si le jour ou le mois vient en premier", "Indiquez l'ordre dans mapping.json : « dateFormat »."),
        ["decimal-sign-ambiguous"] = new("Aucun nombre de la colonne ne distingue le signe décimal du séparateur de milliers", "Indiquez le signe dans mapping.json : « decimal »."),
        ["value-dropped"] = new("Une valeur illisible a été laissée vide", "Corrigez la valeur à sa source."),
        ["mostly-returns"] = new("Plus de la moitié des lignes de commande sont des retours", "Si les numéros commencent par C pour une autre raison qu'une annulation, ou si les ventes ont des quantités négatives, changez cela avant l'envoi."),
        ["point-zero-removed"] = new("Des nombres entiers écrits 17850.0 ont été lus 17850", "Exportez les identifiants comme du texte."),
        ["default-used"] = new("Une valeur vide a reçu la valeur par défaut du champ", "Renseignez la valeur à sa source."),
        ["constant-used"] = new("Une valeur vide a reçu celle que donne le mapping", "Rien, si elle est juste ; sinon renseignez la valeur à sa source, ou retirez le champ de « values » dans mapping.json."),
        ["empty-fields-cut"] = new("Des champs vides au-delà de la dernière colonne ont été laissés de côté", "Retirez les séparateurs en fin de ligne."),
        ["identifier-sealed"] = new("Une colonne qui ne correspond à aucun champ contient des adresses ou des numéros ; elle a été scellée avec les identifiants", "Attribuez la colonne à son champ, ou nommez-la sous « ignore » dans mapping.json."),
        ["person-erased"] = new("La ligne concerne une personne qui a demandé à être oubliée", "Retirez la personne de l'export à sa source."),
        ["identifier-masked"] = new("Des adresses, numéros de téléphone ou de carte dans un texte ont été masqués", "N'écrivez pas de données personnelles dans les textes libres."),
        ["outlier"] = new("Des nombres sont très loin de tous les autres de la colonne", "Regardez les lignes que le rapport indique ; corrigez ce qui est faux, laissez ce qui est vrai."),
        ["column-missing"] = new("Une colonne de tous les envois précédents manque", "Exportez le fichier avec toutes ses colonnes, ou envoyez-le sous une autre source."),
        ["column-new"] = new("Une colonne apparaît pour la première fois", "Rien, si c'est voulu ; sinon retirez-la ou nommez-la sous « ignore »."),
        ["missing-rise"] = new("Bien plus de valeurs manquent qu'auparavant", "Vérifiez que l'export remplit encore la colonne."),
        ["volume-change"] = new("Le fichier a bien plus ou bien moins de lignes que les précédents", "Vérifiez que l'export couvre la période et les magasins voulus."),
        ["range-change"] = new("Des valeurs se trouvent là où il n'y en avait pas", "Vérifiez si l'unité, la devise ou la période de l'export ont changé."),
        ["category-new"] = new("Des mots apparaissent qu'aucun envoi n'avait", "Vérifiez si des mots ont été renommés ; faites correspondre anciens et nouveaux à la source."),
        ["distribution-shift"] = new("Les valeurs sont réparties autrement qu'auparavant", "Cherchez ce qui a changé entre les exports ; libérez le fichier si c'est vrai."),
        ["email-syntax"] = new("Le texte n'est pas une adresse e-mail", "Corrigez l'adresse à sa source ; personne n'est joignable ainsi."),
        ["contact-placeholder"] = new("Une valeur de remplissage tient lieu d'adresse e-mail", "Laissez le champ vide quand il n'y a pas d'adresse."),
        ["phone-digits"] = new("Le texte n'est pas un numéro de téléphone", "Écrivez 6 à 15 chiffres, de préférence avec l'indicatif : +33 6 12 34 56 78."),
        ["postal-code-form"] = new("Le code postal n'a pas la forme de son pays", "Cherchez des zéros initiaux perdus et des colonnes interverties."),
        ["birth-date-implausible"] = new("La date de naissance ne peut pas être juste", "Laissez le champ vide quand le jour n'est pas connu."),
        ["end-before-start"] = new("La fin précède le début", "Vérifiez si les deux colonnes ont été interverties."),
        ["quantity-absurd"] = new("La ligne porte sur plus de 50 000 pièces", "Cherchez un chiffre de trop, ou un code lu comme un nombre de pièces."),
        ["moment-implausible"] = new("L'instant précède 1990", "Cherchez des dates écrites à la place d'aucune : 1970-01-01, 1900-01-01."),
        ["revenue-without-conversion"] = new("Il y a une recette pour un client qui n'a pas converti", "Vérifiez si les deux colonnes parlent de la même campagne et de la même période."),
        ["action-before-sent"] = new("Des messages ont été ouverts ou cliqués avant leur envoi", "Vérifiez que les instants ont un seul fuseau ; indiquez-le dans mapping.json (« timeZone »)."),
        ["contact-bounced"] = new("Le dernier message a été rejeté ou signalé, et aucun n'est arrivé depuis", "Cessez d'écrire à ces adresses avant que votre prestataire ne vous arrête ; demandez-en de nouvelles."),
        ["contact-superseded"] = new("Une fiche plus récente du même client se trouve dans le fichier", "Exportez seulement la fiche la plus récente de chaque client."),
        ["contact-inactive"] = new("Rien n'a changé pour ce client depuis trois ans", "Demandez si le contact est encore voulu, ou supprimez-le ; le garder peut être illicite."),
        ["merged-cells-filled"] = new("Des cellules fusionnées ont donné leur valeur à toutes celles qu'elles couvrent", "Défaites la fusion dans le classeur."),
        ["unclosed-quote"] = new("Un champ entre guillemets ne se ferme pas", "Doublez les guillemets à l'intérieur des textes, ou fermez le champ."),
        ["record-too-long"] = new("La ligne dépasse la longueur permise", "Cherchez un guillemet qui ne se ferme pas."),
        ["encoding"] = new("Des octets ne forment aucun texte dans l'encodage du fichier", "Exportez le fichier en UTF-8, ou indiquez son encodage dans mapping.json."),
        ["malformed-json"] = new("La ligne n'est pas un objet JSON", "Écrivez un objet JSON par ligne."),
        ["excel-serial-date"] = new("Une date écrite comme le nombre de jours des tableurs a été lue comme ce jour", "Exportez les dates comme 2011-12-09, ou donnez à la colonne un format de date."),
        ["date-transposed"] = new("Une date qui ne convient qu'avec jour et mois échangés a été lue ainsi", "Corrigez la date à sa source ; écrivez les dates comme 2011-12-09."),
        ["mojibake-repaired"] = new("Un texte lu dans un mauvais encodage en chemin a été rétabli", "Exportez le fichier en UTF-8, et ouvrez-le en UTF-8 partout où il passe."),
        ["blanks-trimmed"] = new("Des blancs autour de valeurs ont été retirés", "Rien ; aucune information ne se perd."),
        ["blank-row-skipped"] = new("Des lignes de seuls séparateurs ont été passées comme des lignes vides", "Supprimez les lignes sous le tableau avant l'export."),
        ["spreadsheet-text-unmarked"] = new("Des marques qui empêchent un tableur de changer une valeur ont été retirées", "Rien ; aucune information ne se perd."),
        ["case-changed"] = new("Des mots étaient en majuscules là où le champ les connaît en minuscules", "Rien ; aucune information ne se perd."),
        ["decimal-comma"] = new("Des nombres à virgule décimale ont été lus et écrits avec un point", "Rien ; ou indiquez le signe dans mapping.json (« decimal ») pour ne pas dépendre de la reconnaissance."),
        ["country-unknown"] = new("Le pays n'est pas connu et a été gardé tel quel", "Écrivez le code ISO à deux lettres, ou le nom usuel."),
        ["currencies-mixed"] = new("Les montants sont en plusieurs monnaies", "Donnez des taux dans mapping.json (« baseCurrency », « rates ») ou dans un rates.csv à côté du fichier ; ou envoyez un fichier par monnaie."),
        ["currency-conflict"] = new("La ligne nomme deux monnaies", "Écrivez les montants d'une ligne dans une seule monnaie, celle que nomme sa colonne de monnaie."),
        ["currency-converted"] = new("Des montants ont été convertis dans la monnaie de base", "Rien, si les taux sont justes."),
        ["rate-missing"] = new("Aucun taux n'est connu pour la monnaie de la ligne à sa date", "Ajoutez le taux, ou un plus ancien, aux taux."),
    };

    /// <summary>The rule's title and cure in French; null where there is no such rule.</summary>
    public static RuleText? French(string rule) => Texts.GetValueOrDefault(rule);
}

/// <summary>Title and cure of a rule in one language.</summary>
public sealed record RuleText(string Title, string Cure);
