/// Named character references: `&nbsp;`, `&eacute;`, `&minus;`.
///
/// Those of Latin and Greek letters, of spaces, dashes, quotation marks and the signs that tables have. Any other is left as it
/// is written, so that a figure with one in it is refused.
///
/// Source: HTML Living Standard, 13.5 Named character references, 2024-10-01.
enum HTMLEntities {
    /// What a name stands for; nil where it is none of these.
    static func scalar(named name: String) -> Unicode.Scalar? { scalars[name] }

    /// The longest name that stands at the front and needs no semicolon: `amp` of `ampx`.
    static func scalarWithoutSemicolon(_ text: String) -> (scalar: Unicode.Scalar, length: Int)? {
        for length in stride(from: min(longestBare, text.utf8.count), to: 1, by: -1) {
            let name = String(text.prefix(length))
            if bare.contains(name), let scalar = scalars[name] { return (scalar, length) }
        }
        return nil
    }

    /// In bytes, as all names are of ASCII.
    static let longest = 32
    private static let longestBare = 6

    private static let scalars: [String: Unicode.Scalar] = {
        var scalars: [String: Unicode.Scalar] = [:]
        for entry in table.split(whereSeparator: \.isWhitespace) {
            let parts = entry.split(separator: "=")
            guard parts.count == 2, let value = UInt32(parts[0], radix: 16), let scalar = Unicode.Scalar(value) else {
                continue
            }
            for name in parts[1].split(separator: ",") { scalars[String(name)] = scalar }
        }
        return scalars
    }()

    /// Names that HTML has from times in which the semicolon could be left out.
    private static let bare = Set(
        """
        QUOT quot AMP amp LT lt GT gt nbsp iexcl cent pound curren yen brvbar sect uml COPY copy ordf laquo not shy
        REG reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest
        Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH
        Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute
        acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve
        oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    /// *Shape:* the scalar, and its names.
    private static let table = """
        9=Tab A=NewLine 21=excl 22=QUOT,quot 23=num 24=dollar 25=percnt 26=AMP,amp 27=apos 28=lpar 29=rpar
        2A=ast,midast 2B=plus 2C=comma 2E=period 2F=sol 3A=colon 3B=semi 3C=LT,lt 3D=equals 3E=GT,gt 3F=quest
        40=commat 5B=lbrack,lsqb 5C=bsol 5D=rbrack,rsqb 5E=Hat 5F=UnderBar,lowbar 60=DiacriticalGrave,grave
        7B=lbrace,lcub 7C=VerticalLine,verbar,vert 7D=rbrace,rcub A0=NonBreakingSpace,nbsp A1=iexcl A2=cent A3=pound
        A4=curren A5=yen A6=brvbar A7=sect A8=Dot,DoubleDot,die,uml A9=COPY,copy AA=ordf AB=laquo AC=not AD=shy
        AE=REG,circledR,reg AF=macr,strns B0=deg B1=PlusMinus,plusmn,pm B2=sup2 B3=sup3 B4=DiacriticalAcute,acute
        B5=micro B6=para B7=CenterDot,centerdot,middot B8=Cedilla,cedil B9=sup1 BA=ordm BB=raquo BC=frac14
        BD=frac12,half BE=frac34 BF=iquest C0=Agrave C1=Aacute C2=Acirc C3=Atilde C4=Auml C5=Aring,angst C6=AElig
        C7=Ccedil C8=Egrave C9=Eacute CA=Ecirc CB=Euml CC=Igrave CD=Iacute CE=Icirc CF=Iuml D0=ETH D1=Ntilde
        D2=Ograve D3=Oacute D4=Ocirc D5=Otilde D6=Ouml D7=times D8=Oslash D9=Ugrave DA=Uacute DB=Ucirc DC=Uuml
        DD=Yacute DE=THORN DF=szlig E0=agrave E1=aacute E2=acirc E3=atilde E4=auml E5=aring E6=aelig E7=ccedil
        E8=egrave E9=eacute EA=ecirc EB=euml EC=igrave ED=iacute EE=icirc EF=iuml F0=eth F1=ntilde F2=ograve
        F3=oacute F4=ocirc F5=otilde F6=ouml F7=div,divide F8=oslash F9=ugrave FA=uacute FB=ucirc FC=uuml FD=yacute
        FE=thorn FF=yuml 100=Amacr 101=amacr 102=Abreve 103=abreve 104=Aogon 105=aogon 106=Cacute 107=cacute
        108=Ccirc 109=ccirc 10A=Cdot 10B=cdot 10C=Ccaron 10D=ccaron 10E=Dcaron 10F=dcaron 110=Dstrok 111=dstrok
        112=Emacr 113=emacr 116=Edot 117=edot 118=Eogon 119=eogon 11A=Ecaron 11B=ecaron 11C=Gcirc 11D=gcirc
        11E=Gbreve 11F=gbreve 120=Gdot 121=gdot 122=Gcedil 124=Hcirc 125=hcirc 126=Hstrok 127=hstrok 128=Itilde
        129=itilde 12A=Imacr 12B=imacr 12E=Iogon 12F=iogon 130=Idot 131=imath,inodot 132=IJlig 133=ijlig 134=Jcirc
        135=jcirc 136=Kcedil 137=kcedil 138=kgreen 139=Lacute 13A=lacute 13B=Lcedil 13C=lcedil 13D=Lcaron 13E=lcaron
        13F=Lmidot 140=lmidot 141=Lstrok 142=lstrok 143=Nacute 144=nacute 145=Ncedil 146=ncedil 147=Ncaron 148=ncaron
        149=napos 14A=ENG 14B=eng 14C=Omacr 14D=omacr 150=Odblac 151=odblac 152=OElig 153=oelig 154=Racute 155=racute
        156=Rcedil 157=rcedil 158=Rcaron 159=rcaron 15A=Sacute 15B=sacute 15C=Scirc 15D=scirc 15E=Scedil 15F=scedil
        160=Scaron 161=scaron 162=Tcedil 163=tcedil 164=Tcaron 165=tcaron 166=Tstrok 167=tstrok 168=Utilde 169=utilde
        16A=Umacr 16B=umacr 16C=Ubreve 16D=ubreve 16E=Uring 16F=uring 170=Udblac 171=udblac 172=Uogon 173=uogon
        174=Wcirc 175=wcirc 176=Ycirc 177=ycirc 178=Yuml 179=Zacute 17A=zacute 17B=Zdot 17C=zdot 17D=Zcaron
        17E=zcaron 391=Alpha 392=Beta 393=Gamma 394=Delta 395=Epsilon 396=Zeta 397=Eta 398=Theta 399=Iota 39A=Kappa
        39B=Lambda 39C=Mu 39D=Nu 39E=Xi 39F=Omicron 3A0=Pi 3A1=Rho 3A3=Sigma 3A4=Tau 3A5=Upsilon 3A6=Phi 3A7=Chi
        3A8=Psi 3A9=Omega,ohm 3B1=alpha 3B2=beta 3B3=gamma 3B4=delta 3B5=epsi,epsilon 3B6=zeta 3B7=eta 3B8=theta
        3B9=iota 3BA=kappa 3BB=lambda 3BC=mu 3BD=nu 3BE=xi 3BF=omicron 3C0=pi 3C1=rho 3C2=sigmaf,sigmav,varsigma
        3C3=sigma 3C4=tau 3C5=upsi,upsilon 3C6=phi 3C7=chi 3C8=psi 3C9=omega 3D1=thetasym,thetav,vartheta
        3D2=Upsi,upsih 3D5=phiv,straightphi,varphi 3D6=piv,varpi 2002=ensp 2003=emsp 2004=emsp13 2005=emsp14
        2007=numsp 2008=puncsp 2009=ThinSpace,thinsp 200A=VeryThinSpace,hairsp
        200B=NegativeMediumSpace,NegativeThickSpace,NegativeThinSpace,NegativeVeryThinSpace,ZeroWidthSpace 200C=zwnj
        200D=zwj 200E=lrm 200F=rlm 2010=dash,hyphen 2013=ndash 2014=mdash 2015=horbar 2016=Verbar,Vert
        2018=OpenCurlyQuote,lsquo 2019=CloseCurlyQuote,rsquo,rsquor 201A=lsquor,sbquo 201C=OpenCurlyDoubleQuote,ldquo
        201D=CloseCurlyDoubleQuote,rdquo,rdquor 201E=bdquo,ldquor 2020=dagger 2021=Dagger,ddagger 2022=bull,bullet
        2025=nldr 2026=hellip,mldr 2030=permil 2031=pertenk 2032=prime 2033=Prime 2034=tprime 2035=backprime,bprime
        2039=lsaquo 203A=rsaquo 203E=OverBar,oline 2041=caret 2043=hybull 2044=frasl 204F=bsemi 2057=qprime
        205F=MediumSpace 2060=NoBreak 2061=ApplyFunction,af 2062=InvisibleTimes,it 2063=InvisibleComma,ic 20AC=euro
        210A=gscr 2113=ell 2116=numero 2122=TRADE,trade 2153=frac13 2154=frac23
        2190=LeftArrow,ShortLeftArrow,larr,leftarrow,slarr 2191=ShortUpArrow,UpArrow,uarr,uparrow
        2192=RightArrow,ShortRightArrow,rarr,rightarrow,srarr 2193=DownArrow,ShortDownArrow,darr,downarrow
        2194=LeftRightArrow,harr,leftrightarrow 2195=UpDownArrow,updownarrow,varr 2211=Sum,sum 2212=minus
        2213=MinusPlus,mnplus,mp 2217=lowast 221A=Sqrt,radic 221E=infin 2223=VerticalBar,mid,shortmid,smid
        2248=TildeTilde,ap,approx,asymp,thickapprox,thkap 2260=NotEqual,ne 2264=le,leq 2265=GreaterEqual,ge,geq
        25B3=bigtriangleup,xutri 25B4=blacktriangle,utrif 25BD=bigtriangledown,xdtri 25BE=blacktriangledown,dtrif
        25CA=loz,lozenge 25CB=cir 2605=bigstar,starf 2606=star 2713=check,checkmark
        """
}
