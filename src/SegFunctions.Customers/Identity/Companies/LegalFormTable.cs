namespace SegFunctions.Customers.Identity.Companies;

/// <summary>The legal forms that are known, with their spellings.</summary>
/// <remarks>
/// One form a line: code, kind, countries, spellings. Points, blanks, case and accents need no spelling of their own, because
/// "S.à r.l.", "S A R L" and "Sarl" are the same letters. <c>~</c> before a spelling says that it may be a word of a name as well
/// ("as", "Co", "PT") and counts only at the beginning or the end.
/// </remarks>
internal static class LegalFormTable
{
    public const string Text = """
        gmbh|PrivateLimited|DE AT CH LI|GmbH;Ges.m.b.H.;Gesellschaft mbH;Gesellschaft m.b.H.;Gesellschaft mit beschränkter Haftung;mbH;Gmbh i.G.;GmbH i.L.
        ggmbh|PrivateLimited|DE|gGmbH;gemeinnützige GmbH
        ug|PrivateLimited|DE|UG (haftungsbeschränkt);UG haftungsbeschr.;Unternehmergesellschaft haftungsbeschränkt;Unternehmergesellschaft;~UG
        ag|ShareCompany|DE AT CH LI|AG;Aktiengesellschaft;Akt.Ges.;AktG
        kg|LimitedPartnership|DE AT CH|KG;Kommanditgesellschaft;Kom.Ges.;Co. KG;Comp. KG
        gmbhcokg|LimitedPartnership|DE AT|GmbH & Co. KG;GmbH & Comp. KG;GmbH & Cie. KG;GmbH & Co. Kommanditgesellschaft;GmbH & Co;GmbH KG;mbH & Co. KG;Ges.m.b.H. & Co. KG
        agcokg|LimitedPartnership|DE AT|AG & Co. KG;AG & Co;SE & Co. KG;UG & Co. KG;UG (haftungsbeschränkt) & Co. KG
        kgaa|ShareCompany|DE|KGaA;Kommanditgesellschaft auf Aktien;AG & Co. KGaA;SE & Co. KGaA;GmbH & Co. KGaA
        ohg|Partnership|DE|OHG;Offene Handelsgesellschaft;GmbH & Co. OHG
        og|Partnership|AT|Offene Gesellschaft;~OG
        gbr|Partnership|DE|GbR;GdbR;Gesellschaft bürgerlichen Rechts;BGB-Gesellschaft;GesbR;eGbR
        partg|Partnership|DE|PartG;PartG mbB;PartGmbB;Partnerschaftsgesellschaft;Partnerschaftsgesellschaft mbB
        ek|SoleTrader|DE|e.K.;e.Kfm.;e.Kfr.;eingetragener Kaufmann;eingetragene Kauffrau;Einzelunternehmen;Einzelfirma
        eu|SoleTrader|AT|~e.U.;eingetragenes Einzelunternehmen
        eg|Cooperative|DE AT|~e.G.;~e.Gen.;eingetragene Genossenschaft;Genossenschaft;GenmbH
        ev|Association|DE|~e.V.;eingetragener Verein;Verein
        stiftung|Foundation|DE AT CH|Stiftung;gGmbH Stiftung
        ltd|PrivateLimited|GB IE IN HK SG CA CN JP KR|Ltd;Limited;Ltd. Co;Co. Ltd;Co. Limited;Company Limited;Company Ltd;Private Limited Company;Ltée;Limitée;Lmtd
        plc|ShareCompany|GB IE|PLC;Public Limited Company;Public Ltd. Co;Public Limited;Ltd. PLC
        llp|Partnership|GB US IN|LLP;Limited Liability Partnership
        lp|LimitedPartnership|US GB CA|~LP;Limited Partnership
        cic|Association|GB|CIC;Community Interest Company
        cio|Association|GB|CIO;Charitable Incorporated Organisation
        dac|PrivateLimited|IE|DAC;Designated Activity Company
        clg|Association|IE|CLG;Company Limited by Guarantee
        ucie|PrivateLimited|IE|Unlimited Company
        llc|PrivateLimited|US AE|LLC;Limited Liability Company;Limited Liability Co;Ltd. Liability Company;Ltd. Liability Co
        pllc|PrivateLimited|US|PLLC;Professional LLC;Professional Limited Liability Company
        inc|ShareCompany|US CA|Inc;Incorporated;Incorporation;Incorp;Inc. Co;Co. Inc;Company Inc
        corp|ShareCompany|US CA KR|Corp;Corporation;Corpn;Corp. Ltd;Corporation Limited;Corp. Inc
        pcus|ShareCompany|US|P.C.;Professional Corporation
        ptyltd|PrivateLimited|AU ZA NA|Pty. Ltd;Pty. Limited;Proprietary Limited;Proprietary Ltd;(Pty) Ltd;Pty
        pvtltd|PrivateLimited|IN PK LK ZW|Pvt. Ltd;Pvt. Limited;Private Limited;Private Ltd;(P) Ltd;P. Ltd;Pvt;Priv. Ltd
        opc|PrivateLimited|IN|OPC;One Person Company;OPC Pvt. Ltd;OPC Private Limited
        pteltd|PrivateLimited|SG|Pte. Ltd;Pte. Limited;Pte
        sdnbhd|PrivateLimited|MY BN|Sdn. Bhd;Sendirian Berhad
        bhd|ShareCompany|MY|Bhd;Berhad
        nlau|ShareCompany|AU|No Liability
        sarl|PrivateLimited|FR LU CH BE MA TN|SARL;S.à r.l.;Sàrl;Société à responsabilité limitée;Soc. à resp. limitée;SARLU;SARLAU
        eurl|PrivateLimited|FR|EURL;Entreprise unipersonnelle à responsabilité limitée
        sas|ShareCompany|FR CO|SAS;Société par actions simplifiée;Sociedad por acciones simplificada
        sasu|ShareCompany|FR|SASU;Société par actions simplifiée unipersonnelle
        sa|ShareCompany|FR BE LU CH ES PT GR PL AR MX BR|Société anonyme;Sociedad anónima;Sociedade anónima;Spółka akcyjna;S.A.;S/A
        sca|LimitedPartnership|FR LU BE|SCA;Société en commandite par actions
        scs|LimitedPartnership|FR LU BE|SCS;Société en commandite simple
        snc|Partnership|FR IT|SNC;Société en nom collectif;Società in nome collettivo
        sci|Partnership|FR|SCI;Société civile immobilière
        scp|Partnership|FR|SCP;Société civile professionnelle
        selarl|PrivateLimited|FR|SELARL;Société d'exercice libéral à responsabilité limitée
        selas|ShareCompany|FR|SELAS
        scop|Cooperative|FR|SCOP;Société coopérative et participative;Société coopérative ouvrière de production
        gie|Association|FR BE LU|GIE;Groupement d'intérêt économique
        ei|SoleTrader|FR|~E.I.;Entreprise individuelle
        bv|PrivateLimited|NL BE|BV;Besloten Vennootschap;Besloten vennootschap met beperkte aansprakelijkheid
        nv|ShareCompany|NL BE|NV;Naamloze Vennootschap
        bvba|PrivateLimited|BE|BVBA;Besloten vennootschap met beperkte aansprakelijkheid BVBA
        sprl|PrivateLimited|BE|SPRL;Société privée à responsabilité limitée
        scrl|Cooperative|BE|SCRL;CVBA;Société coopérative à responsabilité limitée
        vof|Partnership|NL BE|VOF;Vennootschap onder firma
        cv|LimitedPartnership|NL BE|~C.V.;Commanditaire vennootschap;CommV
        asbl|Association|BE LU|ASBL;VZW;Association sans but lucratif;Vereniging zonder winstoogmerk
        stichting|Foundation|NL|Stichting
        cooperatie|Cooperative|NL|Coöperatie;Coöperatieve;Coöperatie U.A.;Coöperatief
        spa|ShareCompany|IT DZ|SpA;Società per azioni
        srl|PrivateLimited|IT RO ES AR BE MD|SRL;Società a responsabilità limitata;Sociedad de responsabilidad limitada;Societate cu răspundere limitată
        srls|PrivateLimited|IT|SRLS;Società a responsabilità limitata semplificata
        sasit|LimitedPartnership|IT|Società in accomandita semplice
        ssit|Partnership|IT|Società semplice
        scarl|Cooperative|IT|SCARL;Soc. Coop;Società cooperativa;Soc. Coop. a r.l.;S.c.a r.l.
        ditta|SoleTrader|IT|Ditta individuale
        sl|PrivateLimited|ES|S.L.;Sociedad limitada
        slu|PrivateLimited|ES|SLU;S.L. Unipersonal;Sociedad limitada unipersonal
        slne|PrivateLimited|ES|SLNE;Sociedad limitada nueva empresa
        sau|ShareCompany|ES|SAU;Sociedad anónima unipersonal
        sll|PrivateLimited|ES|SLL;Sociedad limitada laboral
        scoop|Cooperative|ES|S. Coop;Sociedad cooperativa
        cbes|Partnership|ES|Comunidad de bienes
        lda|PrivateLimited|PT|Lda;Limitada;Sociedade por quotas;Unipessoal Lda;Sociedade Unipessoal Lda
        ltda|PrivateLimited|BR CL CO|Ltda;Sociedade limitada;Limitada Ltda
        eireli|PrivateLimited|BR|EIRELI
        sadecv|ShareCompany|MX|S.A. de C.V.;Sociedad anónima de capital variable;SA CV
        sapidecv|ShareCompany|MX|S.A.P.I. de C.V.;SAPI
        srldecv|PrivateLimited|MX|S. de R.L. de C.V.;S. de R.L.;SRL de CV
        cia|PrivateLimited|EC|Cía. Ltda;Compañía Limitada
        eirl|SoleTrader|PE CL|Empresa individual de responsabilidad limitada
        ab|ShareCompany|SE FI|Aktiebolag;Aktiebolaget;AB (publ);~AB
        hb|Partnership|SE|Handelsbolag;~HB
        kb|LimitedPartnership|SE|Kommanditbolag;~KB
        ekfor|Cooperative|SE|Ekonomisk förening;Ek. för.
        as|ShareCompany|NO DK CZ SK TR|A/S;Aktieselskab;Aksjeselskap;Akciová společnost;Akciová spoločnosť;Anonim Şirketi;Anonim Sirket;~A.S.
        asa|ShareCompany|NO|Allmennaksjeselskap;~ASA
        aps|PrivateLimited|DK|ApS;Anpartsselskab
        ivs|PrivateLimited|DK|IVS;Iværksætterselskab
        isdk|Partnership|DK|I/S;Interessentskab
        ksdk|LimitedPartnership|DK NO|K/S;Kommanditselskab;Komanditní společnost
        ans|Partnership|NO|Ansvarlig selskap;~ANS
        oy|PrivateLimited|FI|Oy;Osakeyhtiö;Oy Ab;Ab Oy
        oyj|ShareCompany|FI|Oyj;Julkinen osakeyhtiö;Oyj Abp;Abp
        ky|LimitedPartnership|FI|Kommandiittiyhtiö;~Ky
        tmi|SoleTrader|FI|Toiminimi;~Tmi
        ehf|PrivateLimited|IS|ehf;Einkahlutafélag
        hf|ShareCompany|IS|Hlutafélag;~hf
        ou|PrivateLimited|EE|Osaühing;~OÜ
        sia|PrivateLimited|LV|SIA;Sabiedrība ar ierobežotu atbildību
        uab|PrivateLimited|LT|UAB;Uždaroji akcinė bendrovė
        spzoo|PrivateLimited|PL|Sp. z o.o.;Spółka z o.o.;Spółka z ograniczoną odpowiedzialnością;Spzoo;Sp. zoo;Sp z oo
        spk|LimitedPartnership|PL|Sp. k.;Spółka komandytowa;Sp. z o.o. Sp. k.;Spółka z o.o. Sp. k.;Sp. z o.o. Spółka komandytowa;Spółka z ograniczoną odpowiedzialnością spółka komandytowa;Spk
        spj|Partnership|PL|Sp. j.;Spółka jawna;Spj
        sro|PrivateLimited|CZ SK|s.r.o.;spol. s r.o.;společnost s ručením omezeným;spoločnosť s ručením obmedzeným;spol sro
        vos|Partnership|CZ SK|v.o.s.;Veřejná obchodní společnost
        kft|PrivateLimited|HU|Kft;Korlátolt felelősségű társaság
        bt|LimitedPartnership|HU|Betéti társaság;~Bt
        zrt|ShareCompany|HU|Zrt;Zártkörűen működő részvénytársaság
        nyrt|ShareCompany|HU|Nyrt;Nyilvánosan működő részvénytársaság
        rthu|ShareCompany|HU|Részvénytársaság
        doo|PrivateLimited|HR SI RS BA ME MK|d.o.o.;društvo s ograničenom odgovornošću;družba z omejeno odgovornostjo;d.o.o.e.l.
        dd|ShareCompany|HR SI BA|Dioničko društvo;Delniška družba;~d.d.
        jdoo|PrivateLimited|HR|j.d.o.o.
        eood|PrivateLimited|BG|EOOD;ЕООД
        ood|PrivateLimited|BG|OOD;ООД
        ad|ShareCompany|BG RS MK|Akcionarsko društvo;АД;~A.D.
        ead|ShareCompany|BG|EAD;ЕАД
        shpk|PrivateLimited|AL XK|Sh.p.k.;Shoqëri me përgjegjësi të kufizuar
        ae|ShareCompany|GR|Α.Ε.;Ανώνυμη Εταιρεία;~A.E.
        epe|PrivateLimited|GR|Ε.Π.Ε.;E.P.E.
        ike|PrivateLimited|GR|Ι.Κ.Ε.;I.K.E.
        oegr|Partnership|GR|Ο.Ε.
        ooo|PrivateLimited|RU|ООО;OOO;Общество с ограниченной ответственностью
        oao|ShareCompany|RU|ОАО;OAO;Открытое акционерное общество
        zao|ShareCompany|RU|ЗАО;ZAO;Закрытое акционерное общество
        pao|ShareCompany|RU|ПАО;PAO;Публичное акционерное общество
        ao|ShareCompany|RU|АО;Акционерное общество;~AO
        ip|SoleTrader|RU|ИП;Индивидуальный предприниматель;~IP
        gup|State|RU|ГУП;ФГУП;GUP;FGUP
        tov|PrivateLimited|UA|ТОВ;TOV;Товариство з обмеженою відповідальністю
        pat|ShareCompany|UA|ПАТ;ПрАТ;PrAT
        too|PrivateLimited|KZ|ТОО;Товарищество с ограниченной ответственностью;~TOO
        ltdsti|PrivateLimited|TR|Ltd. Şti;Limited Şirketi;Ltd. Sirketi;San. ve Tic. Ltd. Şti;Sanayi ve Ticaret Ltd. Şti;Sanayi ve Ticaret Limited Şirketi
        sanas|ShareCompany|TR|San. ve Tic. A.Ş.;Sanayi ve Ticaret A.Ş.;Sanayi ve Ticaret Anonim Şirketi
        kk|ShareCompany|JP|Kabushiki Kaisha;Kabushiki Gaisha;K.K.;株式会社;㈱
        gk|PrivateLimited|JP|Godo Kaisha;合同会社;~G.K.
        yk|PrivateLimited|JP|Yugen Kaisha;有限会社;~Y.K.
        cnltd|PrivateLimited|CN TW HK|有限公司;有限责任公司;有限責任公司
        cnjsc|ShareCompany|CN TW|股份有限公司
        krco|ShareCompany|KR|주식회사;㈜
        jsc|ShareCompany|RU KZ UA VN GE|JSC;Joint Stock Company;Joint-Stock Co;OJSC;CJSC;PJSC;Open Joint Stock Company;Public Joint Stock Company;Closed Joint Stock Company
        wll|PrivateLimited|BH QA KW|WLL;With Limited Liability
        fze|PrivateLimited|AE|FZE;FZ-LLC;FZCO;Free Zone Establishment;Free Zone Company
        saoc|ShareCompany|OM|SAOC;SAOG
        sal|ShareCompany|LB|~SAL;Société anonyme libanaise
        pt|ShareCompany|ID|Perseroan Terbatas;PT Tbk;~PT
        tbk|ShareCompany|ID|Tbk
        tnhh|PrivateLimited|VN|TNHH;Công ty TNHH;Cty TNHH
        pcl|ShareCompany|TH|PCL;Public Company Limited;Public Co. Ltd
        npc|Association|ZA|NPC
        ccza|PrivateLimited|ZA|Close Corporation
        se|ShareCompany|EU|Societas Europaea;European Company;~SE
        sce|Cooperative|EU|SCE;Societas Cooperativa Europaea
        eeig|Association|EU|EEIG;EWIV;GEIE
        baam|PrivateLimited|IL|בע"מ
        """;
}
